// A kind of conformance output: what `outputs.ts KIND` and `run.ts DIR` need from each `kind-*.ts`.

/** Turns one input line into one output line; keeps whatever state a stream needs. `dir` is where relative paths of the input start. */
export type Output = (input: unknown, dir: string) => unknown

/** How many cases of one set passed, and which did not. `figures` replaces counts where a set is scored by a measure. */
export type Score = {
  readonly set: string
  readonly passed: number
  readonly of: number
  readonly failing: readonly string[]
  readonly figures?: string
}

/** Each `kind-NAME.ts` exports one of these as `kind`. */
export type Kind = {
  /** Fresh state for one run over a file of cases. */
  readonly start: () => Output
  /** Scores the sets of this kind found under `dir`; an empty list when there are none. */
  readonly score: (dir: string) => Promise<readonly Score[]>
}
