// Opens the database for commands that need nothing else: no source, topic or digest is read, so that they start at once.
import { existsSync } from 'node:fs'
import { openStore, type Store } from '../store/index.ts'
import { configFolder } from './config-folder.ts'
import { plainDatabasePath } from './database-path.ts'
import { CommandError } from './exit.ts'

/** The open store. Throws CommandError when nothing was ever fetched, ConfigError when presslark.yaml is needed and wrong. */
export async function openPlainArchive(configOption: string | undefined): Promise<{ readonly store: Store }> {
  const folder = configFolder(configOption)
  const path = plainDatabasePath(folder) ?? (await configuredPath(folder))
  if (!existsSync(path))
    throw new CommandError(`there is no database at ${path} yet`, 'run `presslark run --once` first')
  return { store: openStore(path) }
}

async function configuredPath(folder: string): Promise<string> {
  const { loadConfig } = await import('./config.ts')
  return (await loadConfig(folder)).settings.databasePath
}
