// Notices changed configuration files. A broken edit keeps the old configuration and says so.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { configFileNames } from './config-kept.ts'
import type { Log } from './observe.ts'
import type { Room } from './start.ts'

function fingerprint(folder: string): string {
  return configFileNames
    .map((name) => {
      const stat = statSync(join(folder, `${name}.yaml`), { throwIfNoEntry: false })
      return stat === undefined ? 'missing' : `${stat.mtimeMs} ${stat.size}`
    })
    .join('\n')
}

/** Returns a function that reads the configuration again when a file has changed since its last call. */
export function watchConfig(room: Room, log: Log): () => Promise<void> {
  let seen = fingerprint(room.config.folder)
  return async () => {
    const current = fingerprint(room.config.folder)
    if (current === seen) return
    try {
      room.swapDesk(await loadConfig(room.config.folder))
      seen = current
      log.info({ folder: room.config.folder }, 'configuration read again')
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error // not the files' fault, as when the database is busy: tried again
      seen = current
      log.error(
        { mistakes: error.mistakes },
        'the changed configuration has mistakes; the old one stays in force',
      )
    }
  }
}
