// A checked copy of the configuration beside the database: reading a thousand sources as YAML and checking them takes half a second,
// reading the copy a few milliseconds. It counts for exactly the bytes it was made from, and for the program that made it.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ConfigFileName, Parsed } from './config-schema.ts'
import { plainDatabasePath } from './database-path.ts'
import { writeWhole } from './write-whole.ts'

export const configFileNames = ['presslark', 'sources', 'topics', 'digests'] as const

/** What the files hold, with defaults filled in; nothing of the environment. */
export type ConfigValues = { readonly [N in ConfigFileName]: Parsed<N> }
/** The files as they were read. */
export type ConfigTexts = Readonly<Record<ConfigFileName, string>>

/** `build` changes whenever the program does: what one program found without mistakes may have some for the next. */
function keyOf(texts: ConfigTexts, build: string): string {
  const hash = createHash('sha256').update(`${build}\n${process.version}\n`)
  for (const name of configFileNames) hash.update(`${name} ${texts[name].length}\n`).update(texts[name])
  return hash.digest('hex')
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Beside the database, whose owner may read what channels and headers hold; undefined where presslark.yaml does not name it plainly. */
function keptPath(folder: string): string | undefined {
  const database = plainDatabasePath(folder)
  return database === undefined ? undefined : `${database}-config`
}

function textsIn(folder: string): ConfigTexts {
  const read = (name: ConfigFileName) => readFileSync(join(folder, `${name}.yaml`), 'utf8')
  return {
    presslark: read('presslark'),
    sources: read('sources'),
    topics: read('topics'),
    digests: read('digests'),
  }
}

/** Keys and pictures lie in files of their own, which may go or change while these four stay. */
function standsAlone({ presslark, digests }: ConfigValues): boolean {
  const named = digests.digests.some(({ logo, template }) => logo !== undefined || template !== undefined)
  return presslark.mail?.dkim === undefined && !named
}

/** The kept copy of exactly what lies in `folder`; undefined when there is none, or whatever else is wrong with it. */
export function readKept(folder: string, build: string): ConfigValues | undefined {
  try {
    const path = keptPath(folder)
    if (path === undefined || !existsSync(path)) return undefined
    const [key, sum, ...rest] = readFileSync(path, 'utf8').split('\n')
    const json = rest.join('\n')
    if (key !== keyOf(textsIn(folder), build) || sum !== sumOf(json)) return undefined
    return JSON.parse(json) // written by keepChecked alone, as its sum says
  } catch {
    return undefined // the files themselves are read, and whoever reads them tells what is wrong
  }
}

/** Keeps a copy where a database is. Where it cannot be written, each start reads the files. */
export function keepChecked(folder: string, build: string, values: ConfigValues, texts: ConfigTexts): void {
  const path = keptPath(folder)
  if (path === undefined || !existsSync(dirname(path)) || !standsAlone(values)) return
  const json = JSON.stringify(values)
  try {
    writeWhole(path, `${keyOf(texts, build)}\n${sumOf(json)}\n${json}`, 0o600)
  } catch {
    // A read-only folder costs half a second a start, no more.
  }
}
