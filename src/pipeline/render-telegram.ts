// The short form for Telegram, in its HTML. Source: core.telegram.org/bots/api, "HTML style".
import type { Brief } from '../model/brief.ts'
import { escapeHtml } from '../text/entities.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

// Telegram knows only four named entities; an apostrophe must stay one, as `escapeHtml` leaves it.
const markup: ChatMarkup = {
  plain: escapeHtml,
  strong: (text) => `<b>${escapeHtml(text)}</b>`,
  link: (text, url) => `<a href="${escapeHtml(encodedQuotes(url))}">${escapeHtml(text)}</a>`,
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
