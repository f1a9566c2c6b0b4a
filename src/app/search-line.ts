// The command line of a search as it is mostly typed, read without the parser of all commands.

type SearchLine = {
  readonly options: {
    readonly since?: string
    readonly limit: string
    readonly order: string
    readonly json?: boolean
  }
  readonly words: readonly string[]
}

/** What a search takes that is given no options. */
export const searchDefaults = { limit: '20', order: 'newest' } as const

const withValue: ReadonlySet<string> = new Set(['--since', '--limit', '--order'])

/**
 * The options and words behind `search`, as the parser of all commands would read them. Undefined for whatever takes that parser to
 * understand or to refuse: other options, a value that looks like one, no words at all.
 */
export function searchLine(args: readonly string[]): SearchLine | undefined {
  const options: Record<string, string | boolean> = { ...searchDefaults }
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-')) words.push(word)
    else if (word === '--json') options['json'] = true
    else {
      const value = args[++at] ?? '-'
      if (!withValue.has(word) || value.startsWith('-')) return undefined
      options[word.slice(2)] = value
    }
  }
  return words.length === 0 ? undefined : { options: options as SearchLine['options'], words } // only names of withValue were set
}
