// What a monitor sees of the database and of the configuration in force.
import type { Desk } from '../jobs/index.ts'
import type { Instant } from '../model/time.ts'
import type { Gauges } from '../store/index.ts'
import type { Room } from './start.ts'

export type WatchedStore = {
  readonly gauges: (now: Instant) => Gauges
  readonly desk: () => Desk
  readonly databasePath: string
}

export function watchedStore({ store, desk, config }: Room): WatchedStore {
  return { gauges: store.upkeep.gauges, desk, databasePath: config.settings.databasePath }
}
