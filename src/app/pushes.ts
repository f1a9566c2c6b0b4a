// WebSub as the configuration asks for it: a listener for hubs, and a tick that keeps subscriptions alive.
import { randomBytes } from 'node:crypto'
import { type Fetcher, isSignedWith, listenForPushes, readPush } from '../fetch/index.ts'
import { answerQuestion, askHubs, pushJob, subscriptionOf, type WebsubDeps } from '../jobs/index.ts'
import type { Job } from '../model/job.ts'
import { CommandError } from './exit.ts'
import { listenHint, parseListenAddress } from './listen-address.ts'
import type { Log } from './observe.ts'
import { readingLimits } from './reading-limits.ts'
import type { Room } from './start.ts'

export type Pushes = { readonly port: number; readonly close: () => Promise<void> }

const tickMs = 15_000

/** Listens and subscribes until closed; undefined when no public callback address is configured, and then nothing is sent. */
export async function startPushes(
  { config, store }: Room,
  fetcher: Pick<Fetcher, 'request'>,
  enqueue: (jobs: readonly Job[]) => Promise<void>,
  log: Log,
): Promise<Pushes | undefined> {
  const { websub } = config.settings
  if (websub === undefined) return undefined
  const deps: WebsubDeps = {
    store,
    request: fetcher.request,
    callbackUrl: websub.callbackUrl.replace(/\/+$/, ''),
    now: Date.now,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
  }
  const limits = readingLimits(config)
  const server = await listen(websub.listen, {
    bodyBytesMax: limits.bodyBytesMax,
    isToken: (token) => store.subscriptions.findByToken(token) !== undefined,
    onQuestion: (token, query) => answerQuestion(deps, token, query),
    onPush: async (token, headers, body) => {
      const subscription = subscriptionOf(deps, token)
      if (subscription === undefined) return false
      const { feedId, secret = '', settings } = subscription
      // Whoever forges is told nothing (WebSub section 7.1.1).
      if (secret === '' || !isSignedWith(secret, body, headers)) {
        log.warn({ feed: feedId }, 'a push without a right signature was ignored')
        return true
      }
      const outcome = await readPush({ headers, body, at: Date.now() }, settings, limits)
      if (outcome === undefined) log.warn({ feed: feedId }, 'a push that is no feed was ignored')
      else await enqueue([pushJob(feedId, outcome)])
      return true
    },
  })
  const stopTicking = keepAsking(deps, log)
  log.info({ listen: websub.listen }, 'hubs may push')
  return {
    port: server.port,
    close: async () => {
      stopTicking()
      await server.close()
    },
  }
}

type Listening = Omit<Parameters<typeof listenForPushes>[0], 'host' | 'port'>

async function listen(address: string, settings: Listening) {
  const at = parseListenAddress(address)
  if (at === undefined) throw new CommandError(`cannot listen on ${address}`, listenHint)
  try {
    return await listenForPushes({ ...settings, ...at })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new CommandError(
      `cannot listen for pushes on ${address} (${code})`,
      'choose another address for websub.listen in presslark.yaml',
    )
  }
}

/** Asks hubs that are due, now and at every tick; one round at a time. */
function keepAsking(deps: WebsubDeps, log: Log): () => void {
  let isAsking = false
  let isStopped = false
  const round = (): void => {
    if (isAsking) return
    isAsking = true
    askHubs(deps)
      .catch((error: unknown) => {
        if (!isStopped) log.error({ error: String(error) }, 'asking a hub failed')
      })
      .finally(() => {
        isAsking = false
      })
  }
  round()
  const timer = setInterval(round, tickMs)
  return () => {
    isStopped = true
    clearInterval(timer)
  }
}
