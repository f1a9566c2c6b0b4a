// Response headers as they came: lower-case names, one string or a list of them, latin-1 for any byte.
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** `raw` holds names and values in turn. A header may have any name, so the record has no prototype. */
export function headersOf(raw: readonly string[]): Headers {
  const headers: Record<string, string | string[]> = Object.create(null)
  for (let index = 1; index < raw.length; index += 2) {
    const name = (raw[index - 1] ?? '').toLowerCase()
    const value = raw[index] ?? ''
    const known = headers[name]
    if (known === undefined) headers[name] = value
    else if (typeof known === 'string') headers[name] = [known, value]
    else known.push(value)
  }
  return headers
}

/** The first value of a header exactly as received. `name` in lower case. */
export function firstHeader(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

/** All values of a list header, joined as RFC 9110 section 5.3 allows. `name` in lower case. */
export function joinedHeader(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}
