// The indexes of recent reports as they stood, in short rows: written and read piece by piece, they never stand in memory as a whole.
import { crc32 } from 'node:zlib'
import type { Db } from './connection.ts'

/** Which reports the indexes knew. */
export type EchoSnapshotHead = {
  readonly version: number // of the bytes, for whoever wrote them
  readonly afterId: number
  readonly changeId: number // the last change of stories by hand that they knew
}

/** The indexes as they stood after the report `afterId`; `runs` are for whoever wrote them, cut elsewhere, and read once. */
export type EchoSnapshot = EchoSnapshotHead & { readonly runs: Iterable<Uint8Array> }

/** SQLite copies a value twice when it is written. */
const rowBytes = 65_536

/** The same bytes in rows of one length but for the last, each in the memory of the one before. */
function* rowsOf(runs: Iterable<Uint8Array>): Generator<Uint8Array> {
  const row = new Uint8Array(rowBytes)
  let used = 0
  for (const run of runs) {
    for (let from = 0; from < run.length; ) {
      const some = run.subarray(from, from + rowBytes - used)
      row.set(some, used)
      used += some.length
      from += some.length
      if (used < rowBytes) continue
      yield row
      used = 0
    }
  }
  if (used > 0) yield row.subarray(0, used)
}

/** Each row is let go when the next is asked for. */
function* emptying(rows: Uint8Array[]): Generator<Uint8Array> {
  for (let row = rows.shift(); row !== undefined; row = rows.shift()) yield row
}

export function createSnapshots(db: Db) {
  const load = db.prepare(
    'select version, after_id as afterId, change_id as changeId, checksum from echo_snapshot where id = 1',
  )
  const loadRows = db.prepare('select bytes from echo_snapshot_row order by number').pluck()
  const save = db.prepare(`insert into echo_snapshot (id, version, after_id, change_id, checksum)
    values (1, @version, @afterId, @changeId, @checksum)
    on conflict (id) do update set version = excluded.version, after_id = excluded.after_id,
      change_id = excluded.change_id, checksum = excluded.checksum`)
  const saveRow = db.prepare(`insert into echo_snapshot_row (number, bytes) values (?, ?)
    on conflict (number) do update set bytes = excluded.bytes`)
  const cutAt = db.prepare('delete from echo_snapshot_row where number >= ?')
  return {
    /** The indexes as they were saved last; undefined when they never were, or when the bytes are not those that were saved. */
    snapshot: (): EchoSnapshot | undefined => {
      const row = load.get()
      if (row === undefined) return undefined
      const { checksum, ...head } = row as EchoSnapshotHead & { readonly checksum: number } // the columns named above
      const rows = loadRows.all() as Uint8Array[] // blobs, says the schema
      const found = rows.reduce((sum, bytes) => crc32(bytes, sum), 0)
      return found === checksum ? { ...head, runs: emptying(rows) } : undefined
    },
    /** Call it in a transaction: the rows go with their head. */
    saveSnapshot: ({ runs, ...head }: EchoSnapshot): void => {
      let [number, checksum] = [0, 0]
      for (const bytes of rowsOf(runs)) {
        saveRow.run(number++, bytes)
        checksum = crc32(bytes, checksum)
      }
      cutAt.run(number)
      save.run({ ...head, checksum })
    },
  }
}
