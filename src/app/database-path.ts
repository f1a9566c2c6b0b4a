// Where the database is, for commands that only look at it: they start in half the time when no configuration has to be checked.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** One plain word behind a key at the very left: no quotes, tags, anchors or lists, and nothing that goes on in the next line. */
const plainLine = /^database: +([\w./~-][\w./~ -]*?) *(?: #.*)?$/gm

/**
 * The path that presslark.yaml in `folder` names, when one plain line says it, as in the file that `init` writes. Undefined when
 * it takes more to tell: then the configuration must be loaded.
 */
export function plainDatabasePath(folder: string): string | undefined {
  const text = readText(join(folder, 'presslark.yaml'))
  const [found, second] = [...text.matchAll(plainLine)]
  const value = found?.[1]
  if (found === undefined || value === undefined || second !== undefined) return undefined
  const rest = text.slice(found.index + found[0].length)
  const isWhole = !/^(?:---|\.\.\.|database *:$)/m.test(text) && !/^\r?\n[ \t]/.test(rest)
  return isWhole ? resolve(dirname(folder), value) : undefined
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // whoever loads the configuration tells what is wrong with it
  }
}
