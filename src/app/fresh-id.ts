// Ids for sources that come without one.

/** A short id from a name, or from `host` when the name has no Latin letter, made unique among `taken`. */
export function freshId(name: string, host: string, taken: ReadonlySet<string>): string {
  const base = short(name) || short(host) || 'source'
  let id = base
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`
  return id
}

/** Accents are dropped with their marks: `Échappé` is `echappe`. */
function short(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return /[a-z]/.test(ascii) || !/\p{L}/u.test(text) ? ascii.slice(0, 40).replace(/-+$/, '') : ''
}
