// A desk in this process whose monitor listens on a free port of loopback.
import { createJobLog } from '../../src/app/job-log.ts'
import { startMonitor } from '../../src/app/monitor.ts'
import type { Log } from '../../src/app/observe.ts'
import { createHandlers, createOutside, createRunner, openRoom, type Room } from '../../src/app/start.ts'
import { watchedStore } from '../../src/app/watched-store.ts'
import type { Runner } from '../../src/queue/index.ts'
import { type DeskFiles, writeDesk } from './local-desk.ts'

export const loopback = { host: '127.0.0.1', port: 0 }

/** A log that remembers where the monitor listens. */
export function listeningLog(): { readonly log: Log; readonly origin: () => string } {
  let origin = ''
  const info = (fields: object): void => {
    if ('address' in fields) origin = `http://${String(fields.address)}`
  }
  const ignore = (): void => undefined
  return { log: { debug: ignore, info, warn: ignore, error: ignore }, origin: () => origin }
}

export type MonitoredDesk = {
  readonly origin: string
  readonly room: Room
  readonly runner: Runner
  readonly close: () => Promise<void>
}

/** Everything that `presslark run` has, but for the clock that ticks. */
export async function monitoredDesk(files: DeskFiles): Promise<MonitoredDesk> {
  const room = await openRoom({ config: `${writeDesk(files)}/config` })
  const outside = createOutside(room, { perHostGapMs: 0 })
  const { log, origin } = listeningLog()
  const monitor = await startMonitor(loopback, 'run', log)
  const jobLog = createJobLog({ log, store: room.store, also: [monitor.observers] })
  const handlers = jobLog.taking(await createHandlers(room, outside, jobLog))
  const runner = await createRunner(room.config, handlers, jobLog)
  monitor.watch({ runner, store: watchedStore(room) })
  const close = async (): Promise<void> => {
    await runner.stop(100)
    await monitor.close()
    await outside.fetcher.close()
    await outside.deliverer.close()
    room.store.close()
  }
  return { origin: origin(), room, runner, close }
}
