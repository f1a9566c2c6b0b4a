// The short form for Mattermost, in Markdown. Source: developers.mattermost.com, "Incoming webhooks".
import type { PhrasingContent, Text } from 'mdast'
import type { Brief } from '../model/brief.ts'
import { markdownOf, markdownUrl } from '../text/markdown.ts'
import { type ChatMarkup, chatMessage } from './render-chat.ts'

/** A title must not call a whole channel: the joiner after the sign is invisible and ends the mention. */
function text(value: string): Text {
  return { type: 'text', value: value.replace(/@(?=[A-Za-z0-9])/g, '@\u2060') }
}

const inline = (content: PhrasingContent): string =>
  markdownOf({ type: 'root', children: [{ type: 'paragraph', children: [content] }] }).trimEnd()

const markup: ChatMarkup = {
  plain: (value) => inline(text(value)),
  strong: (value) => inline({ type: 'strong', children: [text(value)] }),
  link: (value, url) =>
    inline({
      type: 'link',
      url: markdownUrl(url),
      children: [text(value)],
    }),
  lineBreak: '\n\n', // each row a paragraph
  lengthMax: 16_383,
  lengthOf: (message) => [...message].length,
}

/** The `text` of an incoming webhook. */
export function renderMattermost(brief: Brief): string {
  return chatMessage(brief, markup)
}
