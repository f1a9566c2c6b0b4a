// What was planted in the benchmark's feeds beside what the program made of it: recall and precision of tagging and of duplicates,
// end to end through fetch, parse and store. node bench/truth.ts DATABASE ADMIN_PORT, while the kit's server runs.
import Database from 'better-sqlite3'

type Planted = { readonly group: string; readonly text: string }
type Sighting = { readonly itemKey: string; readonly articleId: number; readonly because: string }
type Score = {
  readonly name: string
  readonly planted: number
  readonly found: number
  readonly right: number
}

const [databasePath = '', adminPort = '8799'] = process.argv.slice(2)

/** The spellings that the kit plants, by topic of the starter watchlist. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  'iraq-protests': [
    'Iraq protests',
    'protests in Iraq',
    'احتجاجات العراق',
    'تظاهرات العراق',
    'اعتراضات عراق',
    'تظاهرات عراق',
  ],
  irgc: ['IRGC', 'Islamic Revolutionary Guard Corps', 'الحرس الثوري', 'سپاه پاسداران'],
  sadr: ['Moqtada al-Sadr', 'Muqtada al-Sadr', 'مقتدى الصدر', 'مقتدی صدر'],
}

function plainText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function inside(entry: string, pattern: RegExp): string {
  return plainText(pattern.exec(entry)?.[1] ?? '')
}

/** Reads a feed by the shape the kit gives it, not by our own parser. Copies keep headline and first sentence; some add an outlet. */
function readEntry(entry: string): readonly [string, Planted] {
  const title = inside(entry, /<title>(.*?)<\/title>/s)
  const lead = inside(
    entry,
    /<(?:description|summary)>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?<\/(?:description|summary)>/s,
  )
  const id = inside(entry, /<(?:guid[^>]*|id)>(.*?)<\/(?:guid|id)>/s)
  return [id, { group: `${title.replace(/ - [A-Z][a-z]+ News$/, '')}\n${lead}`, text: entry }]
}

async function readPlanted(): Promise<ReadonlyMap<string, Planted>> {
  const list = await (await fetch(`http://127.0.0.1:${adminPort}/urls`)).text()
  const planted = new Map<string, Planted>()
  for (const url of list.trim().split('\n')) {
    const xml = await (await fetch(url)).text()
    for (const [, entry = ''] of xml.matchAll(/<(?:item|entry)>(.*?)<\/(?:item|entry)>/gs))
      planted.set(...readEntry(entry))
  }
  return planted
}

function scoreCopies(planted: ReadonlyMap<string, Planted>, sightings: readonly Sighting[]): Score {
  const groupOf = ({ itemKey }: Sighting) => planted.get(itemKey)?.group
  const firsts = sightings.filter(({ because }) => because === 'first')
  const groups = new Map(firsts.map((sighting) => [sighting.articleId, groupOf(sighting)]))
  const copies = sightings.filter(({ because, itemKey }) => because !== 'first' && planted.has(itemKey))
  const distinct = new Set([...planted.values()].map(({ group }) => group)).size
  const right = copies.filter((copy) => groups.get(copy.articleId) === groupOf(copy)).length
  return { name: 'duplicates', planted: planted.size - distinct, found: copies.length, right }
}

/** An entry counts for a topic when its article matches it: a copy carries no matches of its own. */
function scoreTopic(
  topicId: string,
  planted: ReadonlyMap<string, Planted>,
  sightings: readonly Sighting[],
  matched: ReadonlySet<number>,
): Score {
  const has = (key: string) =>
    (spellings[topicId] ?? []).some((word) => planted.get(key)?.text.includes(word))
  const firsts = sightings.filter(({ because, itemKey }) => because === 'first' && planted.has(itemKey))
  const holding = firsts.filter(({ itemKey }) => has(itemKey))
  const found = firsts.filter(({ articleId }) => matched.has(articleId))
  const right = holding.filter(({ articleId }) => matched.has(articleId)).length
  return { name: topicId, planted: holding.length, found: found.length, right }
}

const planted = await readPlanted()
const db = new Database(databasePath, { readonly: true })
const sightings = db
  .prepare('select item_key as itemKey, article_id as articleId, because from sighting')
  .all() as readonly Sighting[] // the columns named above
const matches = db.prepare('select distinct article_id from current_match where topic_id = ?').pluck()
const topics = Object.keys(spellings).map(
  (topicId) => scoreTopic(topicId, planted, sightings, new Set(matches.all(topicId) as readonly number[])), // an integer column
)
process.stdout.write('| planted | entries | found | recall | precision |\n|---|---|---|---|---|\n')
for (const { name, planted: real, found, right } of [...topics, scoreCopies(planted, sightings)]) {
  const share = (of: number) => (of === 0 ? '-' : (right / of).toFixed(3))
  process.stdout.write(`| ${name} | ${real} | ${found} | ${share(real)} | ${share(found)} |\n`)
}
db.close()
