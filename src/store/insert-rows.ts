// Inserts rows ten to a statement: what a statement costs by itself is a third to a half of what inserting one row costs.
import type { Db } from './connection.ts'

const rowsTogether = 10

/** `into` names a table with the columns that are given, as many as `width`; `onConflict` is what follows the values. */
type Insertion = { readonly into: string; readonly width: number; readonly onConflict?: string }

type Row = readonly (string | number | Uint8Array | null)[]

/**
 * Returns a function that inserts rows in order and returns the row id of the last, 0 for none. Call it inside a transaction: it runs
 * several statements. By place, since binding by name takes half as long again.
 */
export function createInsertRows(
  db: Db,
  { into, width, onConflict = '' }: Insertion,
): (rows: readonly Row[]) => number {
  const row = `(${Array.from({ length: width }, () => '?').join(', ')})`
  const prepare = (rows: number) =>
    db.prepare(
      `insert into ${into} values ${Array.from({ length: rows }, () => row).join(', ')} ${onConflict}`,
    )
  const one = prepare(1)
  let several: ReturnType<typeof prepare> | undefined // when first needed: who only reads does not wait for it
  return (rows) => {
    let [at, lastId] = [0, 0]
    for (; at + rowsTogether <= rows.length; at += rowsTogether) {
      several ??= prepare(rowsTogether)
      lastId = Number(several.run(rows.slice(at, at + rowsTogether).flat()).lastInsertRowid)
    }
    for (; at < rows.length; at++) lastId = Number(one.run(rows[at]).lastInsertRowid)
    return lastId
  }
}
