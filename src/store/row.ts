// SQLite says null where our types say absent.

/** A row without its null columns. `T` names the columns of the query it came from; strict tables keep their types. */
export function withoutNulls<T>(row: unknown): T {
  return Object.fromEntries(Object.entries(row as object).filter(([, value]) => value !== null)) as T // strict columns
}
