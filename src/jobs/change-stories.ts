// Stories changed by hand: split, merged, pinned, and each of it undone. One transaction each; a running service follows with its next fetch.
import type { Instant } from '../model/time.ts'
import type { Store, StoryMove } from '../store/index.ts'

/** Who decides, when and why; `reason` is '' when none was given. */
export type Decider = {
  readonly store: Store
  readonly now: Instant
  readonly who: string
  readonly reason: string
}

/** What was changed: the story that the articles are in now, and those that moved; or what speaks against it, with the remedy. */
export type StoryChangeOutcome =
  | {
      readonly ok: true
      readonly changeId: number
      readonly storyIds: readonly number[]
      readonly moved: readonly number[]
      readonly held: readonly number[]
    }
  | { readonly ok: false; readonly problem: string; readonly hint: string }

type Refusal = Extract<StoryChangeOutcome, { readonly ok: false }>
type Member = Omit<StoryMove, 'toStoryId'>

const refusal = (problem: string, hint: string): Refusal => ({ ok: false, problem, hint })
const articleHint = '`presslark search --json` shows the ids of articles'
const storyHint = '`presslark explain` names the story of an article'

function write(
  { store, now: at, who, reason }: Decider,
  verb: 'split' | 'merge' | 'pin',
  moves: readonly StoryMove[],
): StoryChangeOutcome {
  const change = { at, who, verb, reason }
  const changeId = store.storyChanges.write(change, moves, (move, id) =>
    move.fromStoryId === move.toStoryId ? move.fromBecause : `by-hand change=${id}`,
  )
  return outcomeOf(changeId, moves)
}

function outcomeOf(changeId: number, moves: readonly StoryMove[]): StoryChangeOutcome {
  const isMoved = ({ fromStoryId, toStoryId }: StoryMove) => fromStoryId !== toStoryId
  return {
    ok: true,
    changeId,
    storyIds: [...new Set(moves.filter(isMoved).map(({ toStoryId }) => toStoryId))],
    moved: moves.filter(isMoved).map(({ articleId }) => articleId),
    held: moves.filter((move) => !isMoved(move)).map(({ articleId }) => articleId),
  }
}

function findMembers(store: Store, articleIds: readonly number[]): readonly Member[] | Refusal {
  const members = articleIds.map((articleId) => store.storyChanges.member(articleId))
  const missing = articleIds.find((_, index) => members[index] === undefined)
  if (missing !== undefined) return refusal(`there is no article ${missing}`, articleHint)
  return members.flatMap((member) => member ?? [])
}

const isRefusal = (found: readonly unknown[] | Refusal): found is Refusal => 'ok' in found

/**
 * Takes articles out of their story into a new one of their own. Those that stay are held where they are: a new computation that
 * found all of them alike again would else bring them together again.
 */
export function splitStory(by: Decider, articleIds: readonly number[]): StoryChangeOutcome {
  const { store, now } = by
  return store.transaction(() => {
    const chosen = findMembers(store, [...new Set(articleIds)])
    if (isRefusal(chosen)) return chosen
    const storyIds = [...new Set(chosen.map(({ fromStoryId }) => fromStoryId))]
    const [storyId = 0] = storyIds
    if (storyIds.length > 1)
      return refusal(
        `these articles are in several stories: ${storyIds.join(', ')}`,
        'split one story at a time',
      )
    const ids = new Set(chosen.map(({ articleId }) => articleId))
    const members = store.storyChanges.members(storyId)
    if (members.length === ids.size)
      return refusal(`story ${storyId} has no other articles`, 'name only those that do not belong to it')
    const newStoryId = store.stories.create(now)
    const moves = members.map((member) => ({
      ...member,
      toStoryId: ids.has(member.articleId) ? newStoryId : storyId,
    }))
    return write(by, 'split', moves)
  })
}

/** Brings the articles of further stories into the first, and holds all of them there. The others stay empty; their ids are never used again. */
export function mergeStories(by: Decider, storyIds: readonly number[]): StoryChangeOutcome {
  const { store } = by
  return store.transaction(() => {
    const [into = 0, ...others] = [...new Set(storyIds)]
    if (others.length === 0) return refusal('one story cannot be merged', 'name two or more')
    const groups = [into, ...others].map((storyId) => ({
      storyId,
      members: store.storyChanges.members(storyId),
    }))
    const empty = groups.find(({ members }) => members.length === 0)
    if (empty !== undefined) return emptyStory(store, empty.storyId)
    const moves = groups.flatMap(({ members }) => members.map((member) => ({ ...member, toStoryId: into })))
    return write(by, 'merge', moves)
  })
}

function emptyStory(store: Store, storyId: number): Refusal {
  return store.stories.exists(storyId)
    ? refusal(`story ${storyId} has no articles`, `see where they went: presslark stories show ${storyId}`)
    : refusal(`there is no story ${storyId}`, storyHint)
}

/** Holds articles in a story; in the one they are in when none is named. */
export function pinArticles(
  by: Decider,
  articleIds: readonly number[],
  storyId: number | undefined,
): StoryChangeOutcome {
  const { store } = by
  return store.transaction(() => {
    const chosen = findMembers(store, [...new Set(articleIds)])
    if (isRefusal(chosen)) return chosen
    if (storyId !== undefined && !store.stories.exists(storyId))
      return refusal(`there is no story ${storyId}`, storyHint)
    return write(
      by,
      'pin',
      chosen.map((member) => ({ ...member, toStoryId: storyId ?? member.fromStoryId })),
    )
  })
}

/** Takes a change back: its articles go where they were before, and only what held them before holds them. */
export function undoStoryChange(
  { store, now: at, who, reason }: Decider,
  changeId: number,
): StoryChangeOutcome {
  return store.transaction(() => {
    const change = store.storyChanges.find(changeId)
    if (change === undefined)
      return refusal(`there is no change ${changeId}`, 'see: presslark stories changes')
    if (change.verb === 'undo')
      return refusal(`change ${changeId} is an undoing itself`, 'make the change that it took back once more')
    if (change.undoneBy !== undefined)
      return refusal(
        `change ${changeId} was undone already, by change ${change.undoneBy}`,
        'nothing is left to do',
      )
    const later = store.storyChanges.laterThan(changeId)
    if (later !== undefined)
      return refusal(
        `change ${later} came later and concerns the same articles`,
        `undo change ${later} first`,
      )
    const done = store.storyChanges.moves(changeId).filter((move) => move.fromStoryId !== move.toStoryId)
    const before = new Map(done.map(({ articleId, fromBecause }) => [articleId, fromBecause]))
    const moves = done.map(({ articleId, fromStoryId, toStoryId }) => ({
      articleId,
      fromStoryId: toStoryId,
      toStoryId: fromStoryId,
      fromBecause: store.storyChanges.member(articleId)?.fromBecause ?? '',
    }))
    const undo = { at, who, verb: 'undo', reason, undoes: changeId } as const
    return outcomeOf(
      store.storyChanges.write(undo, moves, ({ articleId }) => before.get(articleId) ?? ''),
      moves,
    )
  })
}
