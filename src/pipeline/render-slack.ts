// The short form for Slack, in its mrkdwn. Source: docs.slack.dev, "Formatting message text".
import type { Brief } from '../model/brief.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

// Only these three are markup that text could forge (mentions and links are written in angle brackets). Slack knows no
// escape for * _ ~ and `: such a title keeps its words and may lose its stars.
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')

const markup: ChatMarkup = {
  plain: escaped,
  strong: (text) => `*${escaped(text)}*`,
  link: (text, url) => `<${escaped(url).replaceAll('|', '%7C')}|${escaped(text)}>`,
  lengthMax: 4_000, // what Slack recommends; it cuts at 40,000
  lengthOf: (message) => message.length,
}

/** The `text` of an incoming webhook. */
export function renderSlack(brief: Brief): string {
  return chatMessage(brief, markup)
}
