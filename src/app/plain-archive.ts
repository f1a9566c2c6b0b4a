// Opens the database for a search, which needs nothing else: no source, topic or digest is read, so that it starts at once.
import { existsSync } from 'node:fs'
import { openSearch, type Store } from '../store/index.ts'
import { configFolder } from './config-folder.ts'
import { plainDatabasePath } from './database-path.ts'
import { CommandError } from './exit.ts'

/** The part of the store that searches. Throws CommandError when nothing was ever fetched, ConfigError when presslark.yaml is needed and wrong. */
export async function openPlainArchive(
  configOption: string | undefined,
): Promise<{ readonly store: Pick<Store, 'search' | 'close'> }> {
  const folder = configFolder(configOption)
  const path = plainDatabasePath(folder) ?? (await configuredPath(folder))
  if (!existsSync(path))
    throw new CommandError(`there is no database at ${path} yet`, 'run `presslark run --once` first')
  return { store: openSearch(path) }
}

async function configuredPath(folder: string): Promise<string> {
  const { loadConfig } = await import('./config.ts')
  return (await loadConfig(folder)).settings.databasePath
}
