// Where a request goes: the origin to dial and the path to ask for, byte for byte as configured.

export type Target = {
  readonly url: string // without fragment and credentials: safe to show and to store
  readonly origin: string
  readonly host: string // whom to be polite to: with its port on loopback, where each port is a server of its own
  readonly path: string // path and query as sent
  readonly authorization?: string // from user:password@ in the URL
}

const loopback = /^(?:127\.|localhost$|\[::1\]$)/

/** Undefined when the text is no http(s) URL. Relative text needs a `base`. */
export function targetOf(text: string, base?: string): Target | undefined {
  const url = base === undefined ? URL.parse(text) : URL.parse(text, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  const path = verbatimPath(base === undefined ? text : url.href, url)
  return {
    url: `${url.origin}${path}`,
    origin: url.origin,
    host: loopback.test(url.hostname) ? url.host : url.hostname,
    path,
    ...authorizationOf(url),
  }
}

// URL parsers resolve dot segments and encode some characters; publishers who sign their URLs mind. Only text that
// could be read in two ways (blanks, backslashes in the path, anything beyond ASCII) is left to the URL parser.
const plain =
  /^https?:\/\/[^/?#\\\s]+(\/[\x21\x22\x24-\x3e\x40-\x5b\x5d-\x7e]*)?(\?[\x21\x22\x24-\x7e]*)?(?:#.*)?$/i

function verbatimPath(text: string, url: URL): string {
  const [, path = '/', query = ''] = plain.exec(text) ?? plain.exec(url.href) ?? []
  return `${path}${query}`
}

function authorizationOf(url: URL): { authorization?: string } {
  if (url.username === '' && url.password === '') return {}
  const pair = `${decoded(url.username)}:${decoded(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray percent sign is part of the password
  }
}
