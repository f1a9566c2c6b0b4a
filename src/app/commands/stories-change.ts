// presslark stories split, merge, pin, undo: what a person decides about stories, signed and with a reason.

import {
  type Decider,
  mergeStories,
  pinArticles,
  type StoryChangeOutcome,
  splitStory,
  undoStoryChange,
} from '../../jobs/index.ts'
import { openArchive } from '../archive.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { parseIds } from '../ids.ts'
import { numberOf } from '../number-of.ts'
import { printJson } from '../terminal.ts'
import { userName } from '../user-name.ts'

type ChangeOptions = {
  readonly config?: string
  readonly reason?: string
  readonly by?: string
  readonly json?: boolean
}

function summary({ changeId, storyIds, moved, held }: Extract<StoryChangeOutcome, { ok: true }>): string {
  const stories = `${storyIds.length === 1 ? 'story' : 'stories'} ${storyIds.join(', ')}`
  const done = [
    ...(moved.length > 0 ? [`${numberOf(moved.length, 'article')} moved to ${stories}`] : []),
    ...(held.length > 0 ? [`${numberOf(held.length, 'article')} held in place`] : []),
  ]
  return `Change ${changeId}: ${done.join(', ') || 'nothing moved'}. To take it back: presslark stories undo ${changeId}\n`
}

async function change(
  options: ChangeOptions,
  decide: (by: Decider) => StoryChangeOutcome,
): Promise<undefined> {
  const { store } = await openArchive(options.config)
  try {
    const { reason = '', by = userName() } = options
    const outcome = decide({ store, now: Date.now(), who: by, reason })
    if (!outcome.ok) throw new CommandError(outcome.problem, outcome.hint, exitCodes.usage)
    if (options.json) printJson(outcome)
    else process.stdout.write(summary(outcome))
  } finally {
    store.close()
  }
}

/** Takes articles out of their story into a new one. */
export async function split(options: ChangeOptions, ids: readonly string[]): Promise<undefined> {
  return change(options, (by) => splitStory(by, parseIds(ids, 'an article')))
}

/** Brings stories together in the first. */
export async function merge(options: ChangeOptions, ids: readonly string[]): Promise<undefined> {
  return change(options, (by) => mergeStories(by, parseIds(ids, 'a story')))
}

/** Holds articles in a story. */
export async function pin(
  options: ChangeOptions & { readonly to?: string },
  ids: readonly string[],
): Promise<undefined> {
  const [storyId] = options.to === undefined ? [] : parseIds([options.to], 'a story')
  return change(options, (by) => pinArticles(by, parseIds(ids, 'an article'), storyId))
}

/** Takes a change back. */
export async function undo(options: ChangeOptions, ids: readonly string[]): Promise<undefined> {
  const [changeId = 0] = parseIds(ids, 'a change')
  return change(options, (by) => undoStoryChange(by, changeId))
}
