import { expect, test } from 'vitest'
import { isMailAddress } from '../../src/text/mail-address.ts'

test.each(['a@b', 'desk+water@news.example', "o'neil@x-y.example", 'a.b.c@1.example'])(
  '%s is a mail address',
  (text) => {
    expect(isMailAddress(text)).toBe(true)
  },
)

test.each([
  '',
  'a',
  '@b',
  'a@',
  'a@b@c',
  'a b@c',
  'a@b c',
  'a@x\r\nRCPT TO:<evil@y>',
  'a@b\n',
  'a@b,c@d',
  '<a@b>',
  'Desk <a@b>',
  '"a b"@c',
  'a..b@c',
  '.a@c',
  'a@-c',
  'a@c-.example',
  'a@[127.0.0.1]',
  'ä@b',
  'a@ä.example',
  `${'x'.repeat(65)}@b`,
  `a@${'x'.repeat(64)}.example`,
  `a@${'x.'.repeat(130)}example`,
])('%j is none', (text) => {
  expect(isMailAddress(text)).toBe(false)
})
