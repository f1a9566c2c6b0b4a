// Changes to stories by hand or by a new computation: a log that is only added to. What it says of an article's place outlives every re-run.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { withoutNulls } from './row.ts'
import { createCarryTold } from './story-told.ts'

export type StoryVerb = 'split' | 'merge' | 'pin' | 'undo' | 'recluster'

/** An article on its way from one story to another; to the same one when it is only held there. */
export type StoryMove = {
  readonly articleId: number
  readonly fromStoryId: number
  readonly toStoryId: number
  readonly fromBecause: string
}

/** Who changed what, when and why; `reason` is '' when none was given. */
export type NewStoryChange = {
  readonly at: Instant
  readonly who: string
  readonly verb: StoryVerb
  readonly reason: string
  readonly undoes?: number
}

/** A change as it stands in the log. `undoneBy` names the change that took it back. */
export type StoryChange = NewStoryChange & { readonly changeId: number; readonly undoneBy?: number }

/** A change as one of its articles saw it: where it was, where it went. */
export type ArticleChange = StoryChange & Pick<StoryMove, 'fromStoryId' | 'toStoryId'>

type Hold = { readonly articleId: number; readonly storyId: number; readonly changeId: number }

const changeColumns = `c.id as changeId, c.at, c.who, c.verb, c.reason, c.undoes,
  (select u.id from story_change u where u.undoes = c.id) as undoneBy`
const moveColumns =
  'article_id as articleId, from_story_id as fromStoryId, to_story_id as toStoryId, from_because as fromBecause'
const ofStory = `where c.id in (select change_id from story_move where from_story_id = @storyId or to_story_id = @storyId)`

function createWrite(db: Db) {
  const insert = db.prepare(
    'insert into story_change (at, who, verb, reason, undoes) values (@at, @who, @verb, @reason, @undoes)',
  )
  const insertMove =
    db.prepare(`insert into story_move (change_id, article_id, from_story_id, to_story_id, from_because)
    values (@changeId, @articleId, @fromStoryId, @toStoryId, @fromBecause)`)
  const place = db.prepare(
    'update article set story_id = @toStoryId, story_because = @because where id = @articleId',
  )
  const carryTold = createCarryTold(db)
  return (
    change: NewStoryChange,
    moves: readonly StoryMove[],
    because: (move: StoryMove, changeId: number) => string,
  ): number => {
    const changeId = Number(insert.run({ undoes: null, ...change }).lastInsertRowid)
    for (const move of moves) {
      insertMove.run({ ...move, changeId })
      place.run({ ...move, because: because(move, changeId) })
    }
    carryTold(changeId)
    return changeId
  }
}

/** What the log says, for those who only read it. */
export function createStoryChangeRead(db: Db) {
  const one = db.prepare(`select ${changeColumns} from story_change c where c.id = ?`)
  const newest = db.prepare(`select ${changeColumns} from story_change c order by c.id desc limit ?`)
  const touching = db.prepare(`select ${changeColumns} from story_change c ${ofStory} order by c.id`)
  const ofArticle =
    db.prepare(`select ${changeColumns}, m.from_story_id as fromStoryId, m.to_story_id as toStoryId
    from story_move m join story_change c on c.id = m.change_id where m.article_id = ? order by c.id`)
  const moves = db.prepare(`select ${moveColumns} from story_move where change_id = ? order by article_id`)
  const change = withoutNulls<StoryChange>
  return {
    find: (changeId: number): StoryChange | undefined => {
      const row = one.get(changeId)
      return row === undefined ? undefined : change(row)
    },
    /** The newest first. */
    list: (limit: number): readonly StoryChange[] => newest.all(limit).map(change),
    /** The changes that moved an article into this story, out of it, or held one there; oldest first. */
    ofStory: (storyId: number): readonly StoryChange[] => touching.all({ storyId }).map(change),
    /** The changes that moved or held this article, with where from and where to; oldest first. */
    ofArticle: (articleId: number): readonly ArticleChange[] =>
      ofArticle.all(articleId).map(withoutNulls<ArticleChange>),
    moves: (changeId: number): readonly StoryMove[] => moves.all(changeId) as readonly StoryMove[], // the columns named above
  }
}

/** The part of the store that changes stories. */
export function createStoryChangeStore(db: Db) {
  const latest = db.prepare('select coalesce(max(id), 0) from story_change').pluck()
  const held = db.prepare(
    'select article_id as articleId, story_id as storyId, change_id as changeId from held_article',
  )
  const later = db
    .prepare(`select max(m.change_id) from story_move m join story_change c on c.id = m.change_id
    where m.change_id > @changeId and c.verb <> 'undo'
      and not exists (select 1 from story_change u where u.undoes = c.id)
      and m.article_id in (select article_id from story_move where change_id = @changeId)`)
    .pluck()
  const members = db.prepare(`select id as articleId, story_id as fromStoryId, story_because as fromBecause
    from article where story_id = ? order by id`)
  const member = db.prepare(`select id as articleId, story_id as fromStoryId, story_because as fromBecause
    from article where id = ?`)
  return {
    ...createStoryChangeRead(db),
    /** The id of the newest change, 0 when there is none: whoever remembers stories compares it with what it was. */
    latest: (): number => Number(latest.get()),
    /** Where people put articles, and by which change; by article id. */
    held: (): ReadonlyMap<number, Hold> =>
      new Map((held.all() as readonly Hold[]).map((hold) => [hold.articleId, hold])), // the columns named above
    /** The newest change that stands and concerns an article of this one; undefined when nothing came after. */
    laterThan: (changeId: number): number | undefined =>
      (later.get({ changeId }) ?? undefined) as number | undefined, // an integer column
    /** The articles of a story, oldest first, with the reason why they are in it. */
    members: (storyId: number) => members.all(storyId) as readonly Omit<StoryMove, 'toStoryId'>[], // the columns named above
    /** One article, where it is and why. */
    member: (articleId: number) => member.get(articleId) as Omit<StoryMove, 'toStoryId'> | undefined, // the columns named above
    /** Writes the change and moves its articles; `because` words the new reason of each. Call inside a transaction. Returns the change's id. */
    write: createWrite(db),
  }
}
