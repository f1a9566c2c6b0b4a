// Reads one YAML file, checks it against its schema, and knows on which line everything stands.
import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { ConfigError, type ConfigMistake } from './config-error.ts'
import { schemaMistakes } from './schema-mistakes.ts'
import { loneMarks } from './yaml-aliases.ts'
import { type Path, type Places, placesIn, printPath } from './yaml-place.ts'
import { syntaxMistakes } from './yaml-syntax.ts'

/** A parsed file: its value, the text it was read from, and `mistake` to report something about a place in it. */
export type YamlFile<T> = {
  readonly value: T
  readonly text: string
  readonly mistake: (path: Path, message: string, hint?: string) => ConfigMistake
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const mistake = missing
      ? { message: 'this file is missing', hint: 'write a commented starter set with: presslark init' }
      : {
          message: `cannot be read (${error instanceof Error ? error.message : error})`,
          hint: 'it must be a file, and this user must have the right to read it and to enter its folder',
        }
    throw new ConfigError([{ file: shown, ...mistake }])
  }
}

/** Other encodings would put rubbish into names and search terms, which nobody notices before the first missed article. */
function checkEncoding(text: string, shown: string): void {
  const at = text.indexOf('\ufffd')
  if (at < 0) return
  const before = text.slice(0, at).split('\n')
  throw new ConfigError([
    {
      file: shown,
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
      message: 'this file is not UTF-8',
      hint: 'save it again as UTF-8 (in Notepad: Save as, Encoding)',
    },
  ])
}

function checkSyntax(document: Document, text: string, shown: string, places: Places): void {
  const broken = syntaxMistakes(document, text, shown, places)
  const mistakes = broken.length > 0 ? broken : loneMarks(document, shown, places)
  if (mistakes.length > 0) throw new ConfigError(mistakes)
}

function plainValue(document: Document, shown: string): unknown {
  try {
    return document.toJS() ?? {} // an empty file is an empty map
  } catch {
    // The reader bounds how much aliases may multiply.
    throw new ConfigError([{ file: shown, message: 'its aliases multiply beyond all bounds' }])
  }
}

/** Reads and checks `path`; `shown` is how the file is named in messages. Throws ConfigError with every mistake found. */
export function readYamlFile<S extends z.ZodType>(
  path: string,
  shown: string,
  schema: S,
): YamlFile<z.output<S>> {
  const text = readText(path, shown)
  checkEncoding(text, shown)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const places = placesIn(document, lines)
  checkSyntax(document, text, shown, places)
  const parsed = schema.safeParse(plainValue(document, shown))
  if (!parsed.success) throw new ConfigError(schemaMistakes({ shown, places, schema }, parsed.error.issues))
  return {
    value: parsed.data,
    text,
    mistake: (at, message, hint) => ({
      file: shown,
      ...places.ofValue(at),
      path: printPath(at),
      message,
      ...(hint === undefined ? {} : { hint }),
    }),
  }
}
