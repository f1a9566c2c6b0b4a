// SQLite says null where our types say absent.

/** A row without its null columns. `T` names the columns of the query it came from; strict tables keep their types. A loop: it runs for every row. */
export function withoutNulls<T>(row: unknown): T {
  const columns = row as Readonly<Record<string, unknown>> // a row is an object of columns
  const kept: Record<string, unknown> = {}
  for (const name in columns) if (columns[name] !== null) kept[name] = columns[name]
  return kept as T // strict columns
}
