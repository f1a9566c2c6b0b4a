// The short form for ntfy: plain text, since a notification shows no links but its own. Source: docs.ntfy.sh, "Publishing".
import type { Brief } from '../model/brief.ts'
import { displayTitle } from '../text/display-title.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

// A longer message becomes an attachment. The JSON around it may have twice as many bytes, its escapes included, or the
// server refuses it; so a title and an address that fill it are cut and left out.
const MESSAGE_BYTES_MAX = 4_096
const WRITTEN_BYTES_MAX = 4_900
const TITLE_LENGTH_MAX = 250
const ADDRESS_BYTES_MAX = 2_000

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

const markup: ChatMarkup = {
  plain: (text) => text,
  strong: (text) => text,
  link: (text) => text,
  lengthMax: MESSAGE_BYTES_MAX,
  lengthOf: (message) =>
    Math.max(bytesOf(message), bytesOf(JSON.stringify(message)) - (WRITTEN_BYTES_MAX - MESSAGE_BYTES_MAX)),
}

/** What ntfy calls title, message and click: a tap opens the first story. */
export type NtfyMessage = { readonly title: string; readonly message: string; readonly click?: string }

/** A notification of the brief; the title stands apart, so it is not repeated in the message. */
export function renderNtfy(brief: Brief): NtfyMessage {
  const click = brief.items[0]?.url
  const isShort = click !== undefined && bytesOf(click) <= ADDRESS_BYTES_MAX
  return {
    title: displayTitle(brief.title, TITLE_LENGTH_MAX),
    message: chatMessage({ ...brief, title: '' }, markup),
    ...(isShort && { click }),
  }
}
