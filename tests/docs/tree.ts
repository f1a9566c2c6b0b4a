// The files of this repository as the tests of its documentation see them. Paths are relative to the root, with slashes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** The text of one file. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every file below `folders` whose name ends in `ending`, sorted; a folder that is not there is an error. */
export function filesUnder(folders: readonly string[], ending: string): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => path.endsWith(ending))
    .toSorted()
}

/** Every Markdown file that a reader may open. */
export function markdownFiles(): readonly string[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'))
  return [...top, ...filesUnder(['docs', 'config'], '.md')]
}

export const exists = (path: string): boolean => existsSync(join(root, path))
