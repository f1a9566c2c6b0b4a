// What the desk needs for unsubscribe links: the key that signs them, and the page behind them.
import type { Store } from '../store/index.ts'
import type { Config } from './config.ts'
import { CommandError, exitCodes } from './exit.ts'
import { type Secrets, unsubscribeKeyName } from './secrets.ts'
import { type Order, unsubscribeToken, unsubscribeUrl } from './unsubscribe-links.ts'

type Known = { readonly config: Config; readonly secrets: Secrets }
type UnsubscribeDesk = Known & {
  readonly store: Store
  readonly desk: () => { readonly digests: readonly Order[]; readonly alerts: readonly Order[] }
}

/** What a deliver handler puts into mails; nothing while no public address is configured. */
export function unsubscribeLinks({ config, secrets }: Known) {
  const { web } = config.settings
  const { unsubscribeKey: key } = secrets
  if (web === undefined || key === undefined) return {}
  return {
    unsubscribeUrl: (digestId: string, recipient: string) =>
      unsubscribeUrl(web.publicUrl, unsubscribeToken(key, digestId, recipient)),
  }
}

/** Throws CommandError when links are configured and the key is not set: asked before anything is sent. */
export function checkUnsubscribeKey({ config, secrets }: Known): void {
  if (config.settings.web === undefined || secrets.unsubscribeKey !== undefined) return
  throw new CommandError(
    `unsubscribe links need the variable ${unsubscribeKeyName} in the environment`,
    'make one with `openssl rand -hex 32` and keep it: with another key the links in old mails no longer work',
    exitCodes.usage,
  )
}

/** Answers unsubscribe links while a service runs, when a public address is configured; resolves with what stops it. */
export async function openUnsubscribePage({
  config,
  secrets,
  store,
  desk,
}: UnsubscribeDesk): Promise<() => void> {
  checkUnsubscribeKey({ config, secrets })
  const { web } = config.settings
  const { unsubscribeKey: key } = secrets
  if (web === undefined || key === undefined) return () => undefined
  const { host, port } = web
  const orders = () => [...desk().digests, ...desk().alerts]
  const { unsubscribes } = store
  const { startUnsubscribeServer } = await import('./unsubscribe-server.ts')
  const server = await startUnsubscribeServer({ host, port, key, orders, unsubscribes, now: Date.now })
  return () => {
    server.close()
    server.closeAllConnections()
  }
}
