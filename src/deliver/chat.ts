// Sends the short form of an edition to Slack, Mattermost, Telegram or ntfy.
import type { Brief } from '../model/brief.ts'
import type { ChatChannel } from '../model/digest.ts'
import type { DeliveryOutcome } from '../model/outcome.ts'
import { renderMattermost } from '../pipeline/render-mattermost.ts'
import { renderNtfy } from '../pipeline/render-ntfy.ts'
import { renderSlack } from '../pipeline/render-slack.ts'
import { renderTelegram } from '../pipeline/render-telegram.ts'
import { type HttpSend, posted } from './http-answer.ts'
import type { DeliveryMessage } from './message.ts'

export type ChatSettings = {
  readonly send: HttpSend
  /** The value of an environment variable; undefined when it is not set. */
  readonly secret: (name: string) => string | undefined
  readonly timeoutMs?: number // 30 s when absent
}

type ChatPost = {
  readonly url: string
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}
type Filled = (text: string) => string

/** A variable that is not set may be set later, so that is temporary; its name is told, its value never. */
export async function deliverChat(
  { brief }: DeliveryMessage,
  channel: ChatChannel,
  { send, secret, timeoutMs = 30_000 }: ChatSettings,
): Promise<DeliveryOutcome> {
  if (brief === undefined) return { kind: 'permanent', detail: `nothing to say to ${channel.kind}` }
  const missing = new Set<string>()
  const filled: Filled = (text) =>
    text.replace(/\$\{([A-Z0-9_]+)\}/g, (_, name: string) => {
      const value = secret(name)
      if (value === undefined) missing.add(name)
      return value ?? ''
    })
  const { url, body, headers = {} } = postOf(brief, channel, filled)
  if (missing.size > 0)
    return { kind: 'temporary', detail: `not set in the environment: ${[...missing].join(', ')}` }
  return posted(send, {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    timeoutMs,
    ...(channel.allowPrivate !== undefined && { allowPrivate: channel.allowPrivate }),
  })
}

function postOf(brief: Brief, channel: ChatChannel, filled: Filled): ChatPost {
  switch (channel.kind) {
    case 'slack':
      return {
        url: filled(channel.url),
        body: { text: renderSlack(brief), unfurl_links: false, unfurl_media: false },
      }
    case 'mattermost':
      return { url: filled(channel.url), body: { text: renderMattermost(brief) } }
    case 'telegram':
      return telegramPost(brief, channel, filled)
    case 'ntfy':
      return ntfyPost(brief, channel, filled)
  }
}

function telegramPost(
  brief: Brief,
  { chat, token, server }: Extract<ChatChannel, { kind: 'telegram' }>,
  filled: Filled,
): ChatPost {
  return {
    url: `${server}/bot${filled(token)}/sendMessage`,
    body: {
      chat_id: chat,
      text: renderTelegram(brief),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
  }
}

/** JSON goes to the root of the server and names the topic: headers could not hold a title in Arabic. */
function ntfyPost(
  brief: Brief,
  { url, token }: Extract<ChatChannel, { kind: 'ntfy' }>,
  filled: Filled,
): ChatPost {
  const address = filled(url)
  const [, server = address, topic = ''] = /^(.*\/)([^/]+)$/.exec(address) ?? []
  const authorization = token === undefined ? {} : { authorization: `Bearer ${filled(token)}` }
  return { url: server, body: { topic, ...renderNtfy(brief) }, headers: authorization }
}
