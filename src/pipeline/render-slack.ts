// The short form for Slack, in its mrkdwn. Source: docs.slack.dev, "Formatting message text".
import type { Brief } from '../model/brief.ts'
import { escapeHtml } from '../text/entities.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

// Slack wants & < > written as in HTML, and only these are markup that text could forge: mentions and links are written in
// angle brackets. It knows no escape for * _ ~ and `: such a title keeps its words and may lose its stars.
const markup: ChatMarkup = {
  plain: escapeHtml,
  strong: (text) => `*${escapeHtml(text)}*`,
  link: (text, url) => `<${escapeHtml(url).replaceAll('|', '%7C')}|${escapeHtml(text)}>`,
  lengthMax: 4_000, // what Slack recommends; it cuts at 40,000
  lengthOf: (message) => message.length,
}

/** The `text` of an incoming webhook. */
export function renderSlack(brief: Brief): string {
  return chatMessage(brief, markup)
}
