// What the deciding thread is told to do, and what it answers.
import type { Judged, Listening } from '../jobs/index.ts'
import type { PackedQuestions } from '../pipeline/packed-questions.ts'
import type { PackedVerdicts } from '../pipeline/packed-verdicts.ts'

/** What the thread begins with: the database, of which it has a connection of its own. */
export type DecidingGiven = { readonly databasePath: string }

export type DecidingOrder =
  | { readonly act: 'load'; readonly desk: Listening; readonly now: number }
  | { readonly act: 'catch up'; readonly desk: Listening; readonly now: number }
  | { readonly act: 'judge'; readonly questions: PackedQuestions }
  | { readonly act: 'judge ahead'; readonly questions: PackedQuestions; readonly now: number }
  | { readonly act: 'forget'; readonly now: number }
  | { readonly act: 'settle'; readonly now: number }
  | { readonly act: 'close' }

/** Verdicts, if the questions were answered; of a `settle`, whether it noted anything. */
export type DecidingAnswer = {
  readonly judged?: Omit<Judged, 'verdicts'> & { readonly verdicts: PackedVerdicts }
  readonly hasSettled?: boolean
}
