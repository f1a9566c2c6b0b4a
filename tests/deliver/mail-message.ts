// A message to deliver, as small as a test needs it.

import type { DeliveryMessage } from '../../src/deliver/index.ts'
import type { Channel } from '../../src/model/digest.ts'

export function messageFor(channel: Channel, details: Partial<DeliveryMessage> = {}): DeliveryMessage {
  return {
    channel,
    digestId: 'morning',
    digestName: 'Morning desk',
    number: 12,
    day: '2026-11-22',
    subject: 'Morning desk – 22 November: Canal talks go on',
    messageId: '<morning.12.a1b2c3@desk.example>',
    idempotencyKey: 'morning-12-a1b2c3',
    bodies: {
      md: '# Morning desk\n',
      html: '<p>Morning desk – صباح</p>\n',
      text: 'Morning desk – صباح\n',
      json: '{"version":1}\n',
    },
    date: Date.UTC(2026, 10, 22, 3, 5),
    ...details,
  }
}
