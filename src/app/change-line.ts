// One change of stories in one line, for a terminal.
import type { StoryChange } from '../store/index.ts'
import { shortTime } from './terminal.ts'

const verbs: Readonly<Record<StoryChange['verb'], string>> = {
  split: 'split',
  merge: 'merged',
  pin: 'pinned',
  undo: 'undone',
  recluster: 'computed again',
}

/** `3  2026-05-12 06:30 UTC  split by anna: "another strike"; undone by change 4`. */
export function changeLine({ changeId, at, verb, who, reason, undoes, undoneBy }: StoryChange): string {
  const what = undoes === undefined ? verbs[verb] : `change ${undoes} ${verbs[verb]}`
  const why = reason === '' ? '' : `: "${reason}"`
  const end = undoneBy === undefined ? '' : `; undone by change ${undoneBy}`
  return `${changeId}  ${shortTime(at)}  ${what} by ${who}${why}${end}`
}
