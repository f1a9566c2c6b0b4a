// What a schema found wrong in a file, in words for the person who wrote it.
import type { z } from 'zod'
import type { ConfigMistake } from './config-error.ts'
import { nearestWord } from './nearest-word.ts'
import { type Path, type Places, printPath } from './yaml-place.ts'

type Issue = z.core.$ZodIssue
type File = { readonly shown: string; readonly places: Places; readonly keys: readonly string[] }

function unknownKey({ shown, places, keys }: File, path: Path, key: string): ConfigMistake {
  return {
    file: shown,
    ...places.ofKey(path, key),
    path: printPath([...path, key]),
    message: `unknown key "${key}"`,
    hint: hintFor(key, keys),
  }
}

/** `keys` are those of the whole file, wherever they belong. */
function hintFor(key: string, keys: readonly string[]): string {
  if (keys.includes(key)) return 'it belongs elsewhere in this file: docs/configuration.md shows where'
  const nearest = nearestWord(key, keys)
  return nearest === undefined ? `known keys: ${keys.join(', ')}` : `did you mean "${nearest}"?`
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

function messageOf({ message }: Issue): string {
  const missing = /^Invalid (?:input|option): expected (.+), received undefined$/.exec(message)
  return missing === null
    ? message.replace(/^Invalid (input|option): /, '')
    : `is missing; expected ${missing[1]}`
}

function fromIssue(file: File, issue: Issue, above: Path): readonly ConfigMistake[] {
  const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(file, path, key))
  const meant = issue.code === 'invalid_union' ? likeliest(issue.errors) : undefined
  if (meant !== undefined) return meant.flatMap((inner) => fromIssue(file, inner, path))
  return [
    { file: file.shown, ...file.places.ofValue(path), path: printPath(path), message: messageOf(issue) },
  ]
}

/** Every mistake, each with its line. */
export function schemaMistakes(file: File, issues: readonly Issue[]): readonly ConfigMistake[] {
  return issues.flatMap((issue) => fromIssue(file, issue, []))
}
