// Ids for sources that come without one.

/** A short id from a name or host, made unique among `taken`. */
export function freshId(name: string, taken: ReadonlySet<string>): string {
  const ascii = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const base = ascii.slice(0, 40).replace(/-+$/, '') || 'source'
  let id = base
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`
  return id
}
