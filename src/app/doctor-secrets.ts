// Is every variable set that feeds, chats and unsubscribe links ask for? A chat that lacks one would be heard of at seven in the morning.
import type { Channel } from '../model/digest.ts'
import type { Config } from './config.ts'
import { bad, type Finding, ok } from './finding.ts'
import { type Secrets, unsubscribeKeyName } from './secrets.ts'

type Asked = { readonly name: string; readonly by: string }
type Order = { readonly id: string; readonly channels: readonly Channel[] }

function named(text: string, by: string): readonly Asked[] {
  return [...text.matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name = '']) => ({ name, by }))
}

function askedByFeeds({ sources }: Config): readonly Asked[] {
  return sources.flatMap(({ id, feeds }) =>
    feeds.flatMap(({ headers = {} }) =>
      Object.values(headers).flatMap((value) => named(value, `a header of ${id} in sources.yaml`)),
    ),
  )
}

function askedByChannels({ id, channels }: Order): readonly Asked[] {
  return channels.flatMap((channel) =>
    named(
      `${'url' in channel ? channel.url : ''} ${'token' in channel ? (channel.token ?? '') : ''}`,
      `the ${channel.kind} channel of ${id} in digests.yaml`,
    ),
  )
}

/** One finding for each variable that is not set, with who asks for it. */
export function checkSecrets(config: Config, { value }: Pick<Secrets, 'value'>): readonly Finding[] {
  const asked = [
    ...askedByFeeds(config),
    ...[...config.digests, ...config.alerts].flatMap(askedByChannels),
    ...(config.settings.web ? [{ name: unsubscribeKeyName, by: 'web in presslark.yaml' }] : []),
  ]
  const missing = asked.filter(({ name }) => value(name) === undefined)
  if (missing.length === 0) return [ok('secrets', 'every variable that a feed or a channel asks for is set')]
  return missing.map(({ name, by }) =>
    bad(
      'secrets',
      `the variable ${name} is not set; ${by} asks for it: set it in the environment or in .env beside config`,
    ),
  )
}
