// What a schema found wrong in a file, in words for the person who wrote it.
import type { z } from 'zod'
import type { ConfigMistake } from './config-error.ts'
import { nearestWord } from './nearest-word.ts'
import { keysAt, keysIn } from './schema-keys.ts'
import { type Path, type Places, printPath } from './yaml-place.ts'

type Issue = z.core.$ZodIssue
type File = { readonly shown: string; readonly places: Places; readonly schema: z.ZodType }

function unknownKey({ shown, places, schema }: File, path: Path, key: string): ConfigMistake {
  return {
    file: shown,
    ...places.ofKey(path, key),
    path: printPath([...path, key]),
    message: `unknown key "${key}"`,
    hint: hintFor(key, keysAt(schema, path), keysIn(schema)),
  }
}

/** `here` are the keys that may stand in this place, `anywhere` those of the whole file. */
function hintFor(key: string, here: readonly string[], anywhere: readonly string[]): string {
  const near = nearestWord(key, here)
  if (near !== undefined) return `did you mean "${near}"?`
  if (anywhere.includes(key)) return 'it belongs elsewhere in this file: docs/configuration.md shows where'
  const far = nearestWord(key, anywhere)
  return far === undefined ? `known keys: ${here.join(', ')}` : `did you mean "${far}"?`
}

/** How far a reading of a value is from what was written: a reading that fails at its root is farther than any other. */
function distance(issues: readonly Issue[]): number {
  const atRoot = issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type')
  const unknown = issues.some((issue) => issue.code === 'unrecognized_keys')
  return issues.length + (unknown ? 10 : 0) + (atRoot ? 100 : 0)
}

/** Of the readings a value may have, the one its author most likely meant; undefined when none is near. */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const [best] = branches.toSorted((a, b) => distance(a) - distance(b))
  return best !== undefined && distance(best) < 10 ? best : undefined
}

/** `Too small: expected array to have >=2 items` in our words; undefined for any other mistake. */
function sizeMessage(issue: Issue): string | undefined {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined
  const [bound, limit] = issue.code === 'too_small' ? ['or more', issue.minimum] : ['at most', issue.maximum]
  if (issue.origin === 'string') return limit === 1 ? 'is empty' : `expected ${limit} characters ${bound}`
  if (issue.origin !== 'array') return `expected a number of ${limit} ${bound}`
  return limit === 1 ? 'expected an entry; the list is empty' : `expected ${limit} entries ${bound}`
}

function messageOf(issue: Issue): string {
  const { message } = issue
  // Some sizes have words of their own, which say what for.
  const size = /^Too (small|big): /.test(message) ? sizeMessage(issue) : undefined
  if (size !== undefined) return size
  const missing = /^Invalid (?:input|option): expected (.+), received undefined$/.exec(message)
  return missing === null
    ? message.replace(/^Invalid (input|option): /, '')
    : `is missing; expected ${missing[1]}`
}

/** YAML reads 2020, yes and 12:30 as something else than text, and `title: x` in a list as a map. */
function quotesFor(issue: Issue): Pick<ConfigMistake, 'hint'> {
  const isValue = issue.code === 'invalid_type' && issue.expected === 'string'
  if (isValue && issue.message.endsWith('received null'))
    return { hint: 'nothing stands here; write a text, with quotes around one that begins with #' }
  return isValue && !/undefined|array|null/.test(issue.message) ? { hint: 'put quotes around it' } : {}
}

function fromIssue(file: File, issue: Issue, above: Path): readonly ConfigMistake[] {
  const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(file, path, key))
  const meant = issue.code === 'invalid_union' ? likeliest(issue.errors) : undefined
  if (meant !== undefined) return meant.flatMap((inner) => fromIssue(file, inner, path))
  if (issue.code === 'invalid_key') return [badKey(file, path, issue.issues)]
  const place = { file: file.shown, ...file.places.ofValue(path), path: printPath(path) }
  return [{ ...place, message: messageOf(issue), ...quotesFor(issue) }]
}

/** A key that is free, but not in any form: the language of a list, the name of a header. */
function badKey({ shown, places }: File, path: Path, issues: readonly Issue[]): ConfigMistake {
  const place = places.ofKey(path.slice(0, -1), String(path.at(-1)))
  const message = issues.map(messageOf).join('; ')
  return { file: shown, ...place, path: printPath(path), message }
}

/** Every mistake, each with its line. */
export function schemaMistakes(file: File, issues: readonly Issue[]): readonly ConfigMistake[] {
  return issues.flatMap((issue) => fromIssue(file, issue, []))
}
