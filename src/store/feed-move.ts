// Feeds that live elsewhere now: their new address, and their old ones, by which sources.yaml may still call them.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** Takes a feed's new address. Call it inside the transaction that records the fetch. */
function createMove(db: Db) {
  const occupant = db.prepare('select id, active from feed where url = ?')
  const isDoubled = db.prepare('select 1 from feed where id = ? and duplicate_of is not null').pluck()
  const duplicate = db.prepare('update feed set duplicate_of = @of where id = @id')
  const remember =
    db.prepare(`insert into feed_url_history (url, feed_id, until) select url, id, @at from feed where id = @id
    on conflict (url) do update set feed_id = excluded.feed_id, until = excluded.until`)
  // The validators and the redirect belong to the old address.
  const rename =
    db.prepare(`update feed set url = @url, etag = null, last_modified = null, validators_url = null,
      moved_to = null, moved_since = null, moved_seen = 0, duplicate_of = null where id = @id`)
  return (id: number, url: string, at: Instant): void => {
    const other = occupant.get(url) as { readonly id: number; readonly active: 0 | 1 } | undefined // the columns named above
    if (other === undefined) {
      remember.run({ id, at })
      rename.run({ id, url })
    } else if (other.active === 1 && isDoubled.get(other.id) === undefined) {
      duplicate.run({ id, of: other.id })
    }
  }
}

/** Moves of feeds, for the feeds' part of the store. */
export function createMoves(db: Db) {
  const home = `json_extract(settings, '$.url')`
  const forget = db.prepare(
    `delete from feed_url_history where feed_id = @id and url = (select ${home} from feed where id = @id)`,
  )
  const restore =
    db.prepare(`update feed set url = ${home}, etag = null, last_modified = null, validators_url = null
    where id = @id and url <> ${home}`)
  const single = db.prepare(
    'update feed set duplicate_of = null, moved_to = null, moved_since = null, moved_seen = 0 where id = ?',
  )
  const goHome = db.transaction((id: number): void => {
    forget.run({ id })
    restore.run({ id })
    single.run(id)
  })
  return {
    /**
     * Polls the feed at `url` from now on, without its old validators; the old address is kept. When another listed
     * feed has that address, only that one is polled from now on; when one that left sources.yaml has it, nothing changes.
     */
    move: createMove(db),
    /** Polls the feed at the address of sources.yaml again, whatever was believed of it. */
    moveHome: (id: number): void => goHome(id),
  }
}
