// XML names: which vocabulary an element belongs to, whatever prefix the feed chose.

/** `key` is the name to compare: the local name in lower case, with the conventional prefix unless it is plain RSS. */
export type XmlName = { readonly space: string; readonly local: string; readonly key: string }

/** Declarations in force, and the names already resolved under them. */
export type Scope = { readonly spaces: ReadonlyMap<string, string>; readonly names: Map<string, XmlName> }

/** Vocabularies by URI, without scheme and trailing `/` or `#`, in lower case. '' is RSS itself. */
const SPACES: ReadonlyMap<string, string> = new Map([
  ['www.w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns', 'atom'],
  ['purl.org/rss/1.0', ''],
  ['purl.org/rss/2.0', ''],
  ['purl.org/net/rss1.1', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['www.sitemaps.org/schemas/sitemap/0.9', ''],
  ['www.google.com/schemas/sitemap/0.9', ''],
  ['www.google.com/schemas/sitemap/0.84', ''],
  ['www.google.com/schemas/sitemap-news/0.9', 'news'],
  ['www.google.com/schemas/sitemap-image/1.1', 'image'],
  ['www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['purl.org/dc/elements/1.0', 'dc'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['purl.org/rss/1.0/modules/slash', 'slash'],
  ['search.yahoo.com/mrss', 'media'],
  ['www.rssboard.org/media-rss', 'media'],
  ['www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['www.google.com/schemas/play-podcasts/1.0', 'googleplay'],
  ['rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['www.w3.org/1999/xhtml', 'xhtml'],
  ['purl.org/syndication/thread/1.0', 'thr'],
])
const CONVENTIONAL = new Set(SPACES.values())
const RSS_HOME = /userland|netscape|(^|\.)rssboard\.org\/rss/
const FOREIGN = 'foreign'
const ROOTS = new Set(['rss', 'rdf', 'feed', 'channel', 'urlset'])
/** Nothing but RSS has these, so their namespace means RSS even where somebody declared Atom's by default. */
const OF_RSS_ONLY = /(?:^|:)(?:rss|channel)$/

/** The scope of a document before its first element. */
export function outermostScope(): Scope {
  return { spaces: new Map(), names: new Map() }
}

/** Resolves a raw name once per scope; names are compared without case. */
export function resolveName(scope: Scope, raw: string): XmlName {
  const known = scope.names.get(raw)
  if (known !== undefined) return known
  const colon = raw.indexOf(':')
  const prefix = colon < 0 ? '' : raw.slice(0, colon).toLowerCase()
  const local = raw.slice(colon + 1).toLowerCase()
  const space = scope.spaces.get(prefix) ?? spaceByConvention(prefix)
  const name = { space, local, key: space === '' ? local : `${space}:${local}` }
  scope.names.set(raw, name)
  return name
}

/** The scope inside an element with these attributes: the outer one unless it declares something. */
export function scopeWithin(
  outer: Scope,
  raw: string,
  attributes: readonly (readonly [string, string])[],
): Scope {
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return outer
  const spaces = new Map(outer.spaces)
  for (const [name, uri] of declared)
    spaces.set(name.slice(6), spaceOf(uri, isRoot(raw) && prefixOf(raw) === name.slice(6)))
  if (OF_RSS_ONLY.test(raw) && spaces.get(prefixOf(raw)) !== undefined) spaces.set(prefixOf(raw), '')
  return { spaces, names: new Map() }
}

/** The same scope for a reader that knows no namespaces: names without a prefix mean what they mean in RSS. */
export function namesAsWritten(scope: Scope): Scope {
  if (scope.spaces.get('') !== FOREIGN) return scope
  return { spaces: new Map(scope.spaces).set('', ''), names: new Map() }
}

/** A root in a namespace nobody knows is still the root, and its namespace the feed's own. */
function spaceOf(uri: string, ofRoot: boolean): string {
  const plain = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '')
  if (plain === '' || RSS_HOME.test(plain)) return ''
  return SPACES.get(plain) ?? (ofRoot ? '' : FOREIGN)
}

function isRoot(raw: string): boolean {
  return ROOTS.has(raw.slice(raw.indexOf(':') + 1).toLowerCase())
}

function prefixOf(raw: string): string {
  return raw.slice(0, Math.max(0, raw.indexOf(':'))).toLowerCase()
}

/** Undeclared prefixes mean what everybody means by them. */
function spaceByConvention(prefix: string): string {
  if (prefix === '' || prefix === 'rss') return ''
  return CONVENTIONAL.has(prefix) ? prefix : prefix === 'rdf' ? 'rdf' : FOREIGN
}
