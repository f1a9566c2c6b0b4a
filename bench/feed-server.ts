// A local server of generated feeds in English, Arabic and Persian, with validators and gzip. Prints its port.
// Feed n lives at http://127.0.1.(n % 200 + 1):PORT/n.xml; a tenth of the items are near copies of another feed's.
// GET /grow?every=20&entries=2 puts two new entries on top of every twentieth feed; the oldest leave.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'

const [feeds = 1000, items = 50] = process.argv.slice(2).map(Number)

const planted = [
  'Qassem Soleimani',
  'Moqtada al-Sadr',
  'الحرس الثوري',
  'مقتدى الصدر',
  'سپاه پاسداران',
  'Tahrir Square in Baghdad',
  'Hezbollah',
]

/** A small generator with a seed: the same number always gives the same feed. */
function random(seed: number): () => number {
  let state = seed + 0x9e3779b9
  return () => {
    state = Math.imul(state ^ (state >>> 16), 0x45d9f3b) + 0x27d4eb2f
    return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32
  }
}

const syllables = {
  en: 'ba con der est fer gra hol in jor kel lan mor nit or pel qua ris sto tra un ver wil'.split(' '),
  ar: 'با تر جم حس دار رف زن سلم شك صر طب عل غر فت قد كل من نور وص يم'.split(' '),
  fa: 'پا تر چم خان دش رو زن سر شه گر فر کار گل مان نو ور یک هم'.split(' '),
} as const
type Language = keyof typeof syllables
const vocabularySize = 20_000

function vocabulary(language: Language): readonly string[] {
  const next = random(language.charCodeAt(0))
  const pool = syllables[language]
  return Array.from({ length: vocabularySize }, () =>
    Array.from({ length: 2 + Math.floor(next() * 3) }, () => pool[Math.floor(next() * pool.length)]).join(''),
  )
}
const words = { en: vocabulary('en'), ar: vocabulary('ar'), fa: vocabulary('fa') }

/** Words by Zipf's law, as in real text: few are common, most are rare. */
function sentence(next: () => number, language: Language, length: number): string {
  const text = Array.from({ length }, () => words[language][Math.floor(vocabularySize ** next()) - 1] ?? '')
  if (next() < 0.1)
    text.splice(Math.floor(next() * length), 0, planted[Math.floor(next() * planted.length)] ?? '')
  return text.join(' ')
}

const startedAt = Date.now()
const grown = new Map<number, number>() // entries that a feed got since

/** What an entry is made from: those that came later have numbers that no feed began with. */
function seedOf(feed: number, index: number): number {
  return index < items ? feed * items + index : 2 ** 30 + feed * 1_000 + index
}

/** Every tenth item is another feed's report with its last sentence replaced. */
function item(feed: number, index: number): string {
  const isCopy = index % 10 === 9
  const origin = isCopy ? { feed: (feed * 31 + index) % feeds, index: index - 1 } : { feed, index }
  const language = (['en', 'en', 'ar', 'fa'] as const)[origin.feed % 4] ?? 'en'
  const next = random(seedOf(origin.feed, origin.index))
  const title = sentence(next, language, 9)
  const sentences = Array.from({ length: 4 }, () => sentence(next, language, 18))
  if (isCopy) sentences[3] = sentence(random(seedOf(feed, index)), language, 12)
  const link = `https://outlet${feed}.example/${index}`
  const date = new Date(index < items ? startedAt - origin.index * 1_800_000 : Date.now()).toUTCString()
  return `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate><description><![CDATA[<p>${sentences.join('. ')}</p>]]></description></item>`
}

type Prepared = { readonly body: Uint8Array; readonly etag: string }
const prepared = new Map<number, Prepared>()

function prepare(feed: number): Prepared {
  const known = prepared.get(feed)
  if (known) return known
  const later = grown.get(feed) ?? 0
  const newest = Array.from({ length: later }, (_, index) => items + later - 1 - index)
  const oldest = Array.from({ length: items }, (_, index) => index)
  const entries = [...newest, ...oldest]
    .slice(0, items)
    .map((index) => item(feed, index))
    .join('\n')
  const xml = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Outlet ${feed}</title><link>https://outlet${feed}.example/</link><description>generated</description><language>${(['en', 'en', 'ar', 'fa'] as const)[feed % 4] ?? 'en'}</language>${entries}</channel></rss>`
  const body = gzipSync(xml, { level: 6 })
  const made = { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` }
  prepared.set(feed, made)
  return made
}

for (let feed = 0; feed < feeds; feed++) prepare(feed)

function grow(asked: URLSearchParams): void {
  const [every = 1, entries = 0] = ['every', 'entries'].map((name) => Number(asked.get(name)))
  for (let feed = 0; feed < feeds; feed += every) {
    grown.set(feed, (grown.get(feed) ?? 0) + entries)
    prepared.delete(feed)
    prepare(feed)
  }
}

const server = createServer((request, response) => {
  if (request.url?.startsWith('/grow?')) {
    grow(new URLSearchParams(request.url.slice('/grow?'.length)))
    response.end()
    return
  }
  const { body, etag } = prepare(Number(request.url?.slice(1, -4)))
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
  else
    response
      .writeHead(200, {
        etag,
        'content-type': 'application/rss+xml',
        'content-encoding': 'gzip',
        'content-length': body.length,
      })
      .end(body)
})
server.listen(0, '0.0.0.0', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`)
})
