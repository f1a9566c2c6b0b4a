// The mail section of presslark.yaml as a zod schema.
import { z } from 'zod'
import { port } from './config-values.ts'

export const mailSection = z
  .strictObject({
    host: z.string().min(1),
    port: port.default(587),
    secure: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    user: z.string().optional().describe('The password comes from PRESSLARK_SMTP_PASSWORD.'),
    from: z.string().min(3).describe('Presslark <press@example.org>'),
    replyTo: z.string().optional().describe('Where answers go; from when absent.'),
    bounces: z.string().optional().describe('Envelope sender: where bounces go; from when absent.'),
    listId: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'expected a name such as briefings.example.org')
      .optional()
      .describe('For the header List-Id; each digest puts its id before it.'),
    dkim: z
      .strictObject({
        domain: z.string().min(1).describe('The domain of from, or one above it.'),
        selector: z.string().min(1),
        keyFile: z.string().min(1).describe('PEM file of the private key; relative paths as for database.'),
      })
      .optional(),
    unsubscribe: z
      .string()
      .regex(/^(mailto:|https:\/\/)/, 'expected mailto:stop@example.org or an https address')
      .optional()
      .describe('mailto: or https: address for List-Unsubscribe.'),
  })
  .optional()
