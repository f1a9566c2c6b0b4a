// A mistake in the configuration: file, line, what was expected, how to mend it. Printed without a stack; exit code 2.

export type ConfigMistake = {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly path?: string // such as sources[3].feeds[0].url
  readonly message: string
  readonly hint?: string
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly ConfigMistake[]
  constructor(mistakes: readonly ConfigMistake[]) {
    super(mistakes.map(formatMistake).join('\n'))
    this.mistakes = mistakes
  }
}

/** `config/topics.yaml:7:12 topics[2].any: message (hint)`. */
function formatMistake({ file, line, column, path, message, hint }: ConfigMistake): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`
  return `${place}${path ? ` ${path}` : ''}: ${message}${hint ? `\n    ${hint}` : ''}`
}
