// Ids as people type them on the command line.
import { CommandError, exitCodes } from './exit.ts'

const shownBy = {
  'an article': '`presslark search --json` shows the ids of articles',
  'a story': '`presslark explain` names the story of an article',
  'a change': '`presslark stories changes` lists the changes',
} as const

/** Whole numbers from 1. Throws CommandError that says of what they are the ids, and which command shows those. */
export function parseIds(texts: readonly string[], noun: keyof typeof shownBy): readonly number[] {
  return texts.map((text) => {
    const id = /^\d+$/.test(text) ? Number(text) : 0
    if (Number.isSafeInteger(id) && id > 0) return id
    throw new CommandError(`"${text}" is not the id of ${noun}`, shownBy[noun], exitCodes.usage)
  })
}
