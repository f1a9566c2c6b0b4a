// The short form for ntfy: plain text, since a notification shows no links but its own. Source: docs.ntfy.sh, "Publishing".
import type { Brief } from '../model/brief.ts'
import { displayLine } from '../text/display-line.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

const markup: ChatMarkup = {
  plain: (text) => text,
  strong: (text) => text,
  link: (text) => text,
  lengthMax: 4_096, // bytes; a longer message becomes an attachment
  lengthOf: (message) => new TextEncoder().encode(message).length,
}

/** What ntfy calls title, message and click: a tap opens the first story. */
export type NtfyMessage = { readonly title: string; readonly message: string; readonly click?: string }

/** A notification of the brief; the title stands apart, so it is not repeated in the message. */
export function renderNtfy(brief: Brief): NtfyMessage {
  const click = brief.items[0]?.url
  return {
    title: displayLine(brief.title).slice(0, 250),
    message: chatMessage({ ...brief, title: '' }, markup),
    ...(click === undefined ? {} : { click }),
  }
}
