// The kinds of value that stand in the configuration files, each with the sentence that says what was expected.
import { z } from 'zod'

export const id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]*$/,
    'expected a short id such as shafaq-en: lower-case letters, digits and hyphens',
  )
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag such as en, ar, fa or ckb')

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** '30s', '15m', '2h', '1d' in milliseconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,5}(ms|s|m|h|d)$/, 'expected a duration such as 30s, 15m, 2h or 1d')
  .transform((text) => {
    const [, count = '0', unit = 'ms'] = /^(\d+)([a-z]+)$/.exec(text) ?? []
    return Number(count) * unitMs[unit as keyof typeof unitMs] // the pattern above allows no other unit
  })

const unitBytes = { kB: 1024, MB: 1024 * 1024 } as const

/** '500kB', '16MB' in bytes. */
export const size = z
  .string()
  .regex(/^[1-9]\d{0,5}(kB|MB)$/, 'expected a size such as 500kB or 16MB')
  .transform((text) => {
    const [, count = '0', unit = 'MB'] = /^(\d+)([a-zA-Z]+)$/.exec(text) ?? []
    return Number(count) * unitBytes[unit as keyof typeof unitBytes] // the pattern above allows no other unit
  })

const credentialsHint =
  'put the credentials under headers: { Authorization: "${NAME}" }; the value is read from the environment'

function checkWebAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return 'expected a full address such as https://example.org/feed.xml'
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `${url.protocol} addresses cannot be fetched; only http and https`
  if (url.username !== '' || url.password !== '')
    return `addresses must not hold credentials: ${credentialsHint}`
  const port = Number(url.port || '0')
  const refused = port > 0 && port < 1024 && ![80, 443].includes(port)
  return refused ? `port ${port} is not a web port; use 80, 443 or one above 1023` : undefined
}

export const webAddress = z.string().superRefine((text, context) => {
  const message = checkWebAddress(text)
  if (message !== undefined) context.addIssue({ code: 'custom', message })
})

export const timeZone = z.string().refine((zone) => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}, 'expected a time zone of the IANA list such as Asia/Baghdad or UTC')

export const port = z.int().min(1).max(65_535)
