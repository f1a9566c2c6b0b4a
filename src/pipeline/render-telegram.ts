// The short form for Telegram, in its HTML. Source: core.telegram.org/bots/api, "HTML style".
import type { Brief } from '../model/brief.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

// Telegram knows only four named entities; an apostrophe must stay one.
const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')

const markup: ChatMarkup = {
  plain: escaped,
  strong: (text) => `<b>${escaped(text)}</b>`,
  link: (text, url) => `<a href="${escaped(encodedQuotes(url))}">${escaped(text)}</a>`,
  lengthMax: 4_096, // Telegram counts without markup; counting all of it is safe
  lengthOf: (message) => message.length,
}

/** A quote would end the attribute. */
function encodedQuotes(url: string): string {
  return url.replace(/["'`]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The `text` of sendMessage with `parse_mode: HTML`. */
export function renderTelegram(brief: Brief): string {
  return chatMessage(brief, markup)
}
