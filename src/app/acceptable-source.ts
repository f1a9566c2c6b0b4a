// What sources.yaml takes of a source that comes from outside: one bad word in it would stop every command.
import { sourcesSchema } from './config-schema.ts'
import type { NewSource } from './sources-file.ts'
import { printable } from './terminal.ts'

export type Acceptance =
  | { readonly source: NewSource; readonly leftOut: readonly string[] } // what a source is good without
  | { readonly because: string } // never the address, which may hold a password

/** Feeds and lists of others say `English` or `Iraq` where a tag or a code belongs. */
const dispensable = ['language', 'country', 'family'] as const
const sourceSchema = sourcesSchema.shape.sources.element
/** Stands where the encoding was broken; a file with one of it is taken for one that is not UTF-8. */
const brokenSign = '\ufffd'

/** The source as it may stand in sources.yaml, or why it may not. */
export function acceptableSource(wanted: NewSource): Acceptance {
  const { allowPrivate: _, ...checked } = { ...wanted, name: readableName(wanted) }
  if (checked.url.includes(brokenSign)) return { because: 'the address holds a sign that is none' }
  const issues = sourceSchema.safeParse(checked).error?.issues ?? []
  const bad = dispensable.filter((key) => issues.some(({ path }) => path[0] === key))
  const grave = issues.find(({ path }) => !bad.some((key) => key === path[0]))
  if (grave !== undefined) return { because: grave.message }
  const without = Object.fromEntries(bad.map((key) => [key, undefined]))
  return {
    source: { ...wanted, name: checked.name, ...without },
    leftOut: bad.map((key) => `${key} "${printable(wanted[key] ?? '')}"`),
  }
}

function readableName({ name, url }: NewSource): string {
  return printable(name.replaceAll(brokenSign, '')).trim() || (URL.parse(url)?.hostname ?? '')
}
