// JSON as servers really send it: with a comment around it, line ends in its strings, a comma too many, or its end missing.

/** `root` is undefined when nothing helps; `isWhole` is false when the end was missing. */
export type LenientJson = { readonly root: unknown; readonly isWhole: boolean }

/** Larger texts are not tried again and again. */
const REPAIRED_LENGTH_MAX = 2_097_152
const CUTS_MAX = 32

/** Strict JSON first, and each remedy only when what came before did not help. Never throws. */
export function parseLeniently(text: string): LenientJson {
  const strict = parse(text.replace(/^\ufeff/, ''))
  if (strict !== undefined || text.length > REPAIRED_LENGTH_MAX) return { root: strict, isWhole: true }
  const inner = text.slice(Math.max(0, text.search(/[{[]/)))
  const end = Math.max(inner.lastIndexOf('}'), inner.lastIndexOf(']'))
  const core = inner.slice(0, end + 1).replace(/[\0-\x1f]+/g, ' ') // white space between values, an error within
  const root = parse(core) ?? parse(core.replace(/,\s*(?=[}\]])/g, ''))
  return root === undefined ? parseStart(core) : { root, isWhole: true }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The items before the place where a list of items breaks off. */
function parseStart(core: string): LenientJson {
  let end = core.length
  for (let cut = 0; cut < CUTS_MAX; cut++) {
    end = core.lastIndexOf('}', end - 1)
    if (end <= 0) break
    const root = parse(`${core.slice(0, end + 1)}]}`)
    if (root !== undefined) return { root, isWhole: false }
  }
  return { root: undefined, isWhole: false }
}
