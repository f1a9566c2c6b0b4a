// Reads one YAML file, checks it against its schema, and knows on which line everything stands.
import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { ConfigError, type ConfigMistake } from './config-error.ts'
import { nearestWord } from './nearest-word.ts'

export type Path = readonly (string | number)[]

/** A parsed file: its value, and `mistake` to report something about a place in it. */
export type YamlFile<T> = {
  readonly value: T
  readonly mistake: (path: Path, message: string, hint?: string) => ConfigMistake
}

type Place = (path: Path) => { readonly line?: number; readonly column?: number }

const printPath = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const message = missing
      ? 'this file is missing'
      : `cannot be read (${error instanceof Error ? error.message : error})`
    throw new ConfigError([
      { file: shown, message, hint: 'write a commented starter set with: presslark init' },
    ])
  }
}

function placer(document: Document, lines: LineCounter): Place {
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
      const range = node !== null && typeof node === 'object' && 'range' in node ? node.range : undefined
      if (Array.isArray(range) && typeof range[0] === 'number') {
        const { line, col } = lines.linePos(range[0])
        return { line, column: col }
      }
    }
    return {}
  }
}

/** The line of a key itself (not of its value): where an unknown key is reported. */
function keyPlace(document: Document, lines: LineCounter, path: Path, key: string): ReturnType<Place> {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true)
  const items =
    map !== null && typeof map === 'object' && 'items' in map && Array.isArray(map.items) ? map.items : []
  for (const item of items) {
    if (item?.key?.value === key && Array.isArray(item.key.range)) {
      const { line, col } = lines.linePos(item.key.range[0])
      return { line, column: col }
    }
  }
  return placer(document, lines)(path)
}

function fromIssue(
  shown: string,
  issue: z.core.$ZodIssue,
  document: Document,
  lines: LineCounter,
  keys: readonly string[],
): readonly ConfigMistake[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const nearest = nearestWord(key, keys)
      const hint = nearest === undefined ? `known keys: ${keys.join(', ')}` : `did you mean "${nearest}"?`
      return {
        file: shown,
        ...keyPlace(document, lines, path, key),
        path: printPath([...path, key]),
        message: `unknown key "${key}"`,
        hint,
      }
    })
  }
  const branches = issue.code === 'invalid_union' ? issue.errors.flat() : []
  const deeper = branches.find((branch) => branch.path.length > 0)
  const message = deeper ? `${deeper.message} (${printPath(deeper.path.map(String))})` : issue.message
  return [{ file: shown, ...placer(document, lines)(path), path: printPath(path), message }]
}

/** Reads and checks `path`; `shown` is how the file is named in messages. Throws ConfigError with every mistake found. */
export function readYamlFile<S extends z.ZodType>(
  path: string,
  shown: string,
  schema: S,
  keys: readonly string[],
): YamlFile<z.output<S>> {
  const lines = new LineCounter()
  const document = parseDocument(readText(path, shown), {
    lineCounter: lines,
    prettyErrors: false,
    merge: false,
  })
  const [broken] = document.errors
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0])
    throw new ConfigError([
      {
        file: shown,
        line,
        column: col,
        message: broken.message.split('\n')[0] ?? 'not valid YAML',
        hint: 'strings that begin with *, &, !, %, @ or ` need quotes in YAML',
      },
    ])
  }
  const parsed = schema.safeParse(plainValue(document, shown))
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.flatMap((issue) => fromIssue(shown, issue, document, lines, keys)),
    )
  const place = placer(document, lines)
  return {
    value: parsed.data,
    mistake: (at, message, hint) => ({
      file: shown,
      ...place(at),
      path: printPath(at),
      message,
      ...(hint === undefined ? {} : { hint }),
    }),
  }
}

function plainValue(document: Document, shown: string): unknown {
  try {
    return document.toJS() ?? {} // an empty file is an empty map
  } catch (error) {
    throw new ConfigError([{ file: shown, message: error instanceof Error ? error.message : String(error) }]) // an alias bomb
  }
}
