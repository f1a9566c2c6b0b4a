// Response headers as undici hands them over: lower-case names, one string or a list of them, latin-1 for any byte.
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

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
