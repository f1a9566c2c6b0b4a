// Opens the database for commands that only look at what is there.
import { existsSync } from 'node:fs'
import { openStore, type Store } from '../store/index.ts'
import { type Config, loadConfig } from './config.ts'
import { configFolder } from './config-folder.ts'
import { CommandError } from './exit.ts'

/** The open store, its path and the configuration. Throws CommandError when nothing was ever fetched. */
export async function openArchive(
  configOption?: string,
): Promise<{ readonly store: Store; readonly path: string; readonly config: Config }> {
  const config = await loadConfig(configFolder(configOption))
  const path = config.settings.databasePath
  if (!existsSync(path))
    throw new CommandError(`there is no database at ${path} yet`, 'run `presslark run --once` first')
  return { store: openStore(path), path, config }
}
