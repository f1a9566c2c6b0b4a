// One mail as nodemailer wants it. Everything that goes into a header is checked or made one line here.
import { createHash } from 'node:crypto'
import type { SendMailOptions } from 'nodemailer'
import { isShortened } from '../pipeline/shortened-mark.ts'
import { displayLine } from '../text/display-line.ts'
import { isMailAddress } from '../text/mail-address.ts'
import type { EmailSettings } from './email-settings.ts'
import { inlinePictures } from './inline-pictures.ts'
import type { DeliveryMessage } from './message.ts'
import { withUnsubscribeLine } from './unsubscribe-line.ts'

/** The same message and settings always give the same bytes. Throws on an address, Message-ID or link that cannot go into a header. */
export function mailOptions(message: DeliveryMessage, settings: EmailSettings, to: string): SendMailOptions {
  const { from, fromName, replyTo, envelopeFrom = from } = settings
  const { bodies, thread } = message
  const { html: page, pictures } = inlinePictures(bodies.mail ?? bodies.html)
  const copies = isShortened(page) ? [fullCopy(message)] : []
  const waysOut = unsubscribeLinks(message, settings)
  const { html, text } = withWayOut({ html: page, text: bodies.text }, waysOut, message)
  return {
    from: { name: displayLine(fromName ?? ''), address: address(from) },
    to: { name: '', address: address(to) },
    ...(replyTo !== undefined && { replyTo: { name: '', address: address(replyTo) } }),
    envelope: { from: address(envelopeFrom), to: [address(to)] },
    subject: displaySubject(message.subject),
    messageId: messageId(message.messageId),
    date: new Date(message.date),
    headers: { ...autoHeaders, ...listHeaders(message, settings, waysOut) },
    ...(thread !== undefined && { inReplyTo: messageId(thread), references: [messageId(thread)] }),
    text,
    html,
    ...(copies.length + pictures.length > 0 && { attachments: [...pictures, ...copies] }),
    textEncoding: 'quoted-printable',
    encoding: 'utf-8',
    baseBoundary: createHash('sha256').update(`${message.messageId}\n${to}`).digest('hex').slice(0, 32),
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** A mail that had to be shortened brings the whole edition along. */
function fullCopy({ digestId, day, bodies }: DeliveryMessage) {
  return {
    filename: `${listLabel(digestId)}-${day.replace(/[^0-9-]/g, '')}.md`,
    content: bodies.md,
    contentType: 'text/markdown; charset=utf-8',
  }
}

// RFC 3834, and what some servers heed beside it: nobody's holiday notice should answer a briefing.
const autoHeaders = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  Precedence: 'bulk',
}

/** Where a reader says that no more is wanted: the recipient's own link or the page of all first, then the address. */
function unsubscribeLinks(
  { unsubscribeUrl }: DeliveryMessage,
  { unsubscribeMailto, unsubscribeUrl: page }: EmailSettings,
): readonly string[] {
  const link = unsubscribeUrl ?? page
  return [
    ...(link === undefined ? [] : [httpsUrl(link)]),
    ...(unsubscribeMailto === undefined ? [] : [`mailto:${address(unsubscribeMailto)}?subject=unsubscribe`]),
  ]
}

function withWayOut(
  bodies: { readonly html: string; readonly text: string },
  [link]: readonly string[],
  { language }: DeliveryMessage,
) {
  return link === undefined ? bodies : withUnsubscribeLine(bodies, link, language)
}

/** RFC 2919, 2369 and 8058: one List-Unsubscribe header with every way out. */
function listHeaders(
  { digestId, digestName, unsubscribeUrl }: DeliveryMessage,
  { listId }: EmailSettings,
  waysOut: readonly string[],
): Record<string, string | { prepared: true; value: string }> {
  return {
    ...(listId !== undefined && {
      'List-Id': prepared(`${listName(digestName)}<${listLabel(digestId)}.${domain(listId)}>`),
    }),
    ...(waysOut.length > 0 && { 'List-Unsubscribe': prepared(waysOut.map((way) => `<${way}>`).join(', ')) }),
    ...(unsubscribeUrl !== undefined && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  }
}

/** As it stands: nodemailer would fold or encode inside the angle brackets. */
function prepared(value: string) {
  return { prepared: true as const, value }
}

/** A phrase before the id is optional; only a plain ASCII name needs no encoding. */
function listName(name: string): string {
  return /^[A-Za-z0-9 -]{1,60}$/.test(name) ? `"${name}" ` : ''
}

function listLabel(digestId: string): string {
  return (
    digestId
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'digest'
  )
}

function displaySubject(subject: string): string {
  // The isolates that a mixed-direction subject needs are invisible, and meant.
  return subject
    .split(/([\u2066-\u2069])/)
    .map((part) => (/^[\u2066-\u2069]$/.test(part) ? part : oneLine(part)))
    .join('')
    .trim()
}

function oneLine(text: string): string {
  const [, before = '', after = ''] = /^(\s*).*?(\s*)$/s.exec(text) ?? []
  return `${before === '' ? '' : ' '}${displayLine(text)}${after === '' ? '' : ' '}`
}

function address(text: string): string {
  if (!isMailAddress(text)) throw new TypeError(`not a mail address: ${JSON.stringify(text)}`)
  return text
}

function messageId(text: string): string {
  const [, local = ''] = /^<([^<>]+)>$/.exec(text) ?? []
  if (!isMailAddress(local)) throw new TypeError(`not a Message-ID: ${JSON.stringify(text)}`)
  return text
}

function domain(text: string): string {
  if (!isMailAddress(`list@${text}`)) throw new TypeError(`not a domain for List-Id: ${JSON.stringify(text)}`)
  return text
}

function httpsUrl(text: string): string {
  if (!/^https:\/\/[!#-;=?-~]+$/.test(text)) throw new TypeError(`not an https link: ${JSON.stringify(text)}`)
  return text
}
