// Commands that try topics on the archive read what the index names, and find the same as if they read everything.
import { expect, test } from 'vitest'
import { scannedArticles } from '../../src/app/scanned-articles.ts'
import type { Topic } from '../../src/model/topic.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { dayMs, item, keep, noon, storeWith } from '../store/archive.ts'

const headlines = ['Harvest fails', 'Qasim Sulaimani in Basra', 'والبصرة اليوم', 'Basra harvest', 'Sports']

function archive() {
  const { store } = storeWith(['harbour'])
  store.transaction(() => {
    for (let number = 0; number < 400; number++)
      keep(store, 'harbour', item(`${headlines[number % headlines.length]} ${number}`), {
        at: noon - (number % 7) * dayMs,
        language: 'en',
      })
  })
  return store
}

test.each<[string, Partial<Topic>, number]>([
  ['a romanised name', { any: ['~Qassem Soleimani'] }, 80],
  ['a word with prefixes', { any: ['بصرة'] }, 80],
  ['two that must both occur', { all: ['Basra', 'harvest'] }, 80],
  ['one with an exception', { any: ['harvest'], none: ['Basra'] }, 160],
  ['a list with a limit to a source', { any: ['harvest'], where: { source: ['harbour'] } }, 160],
  ['a source alone, for which all are read', { where: { source: ['harbour'] } }, 400],
  ['more terms than the archive is worth, for which all are read', { any: [...'abcdefghijkl'] }, 400],
])('%s', (_, keys, read) => {
  const store = archive()
  const topic = { id: 't', name: 'T', ...keys }
  const { watchlist } = compileWatchlist([topic])
  for (const since of [0, noon - 3 * dayMs]) {
    const scanned = [...scannedArticles(store, [topic], since, 'reading')]
    const everything = [...store.articles.taggables(since)]
    const isFound = (article: (typeof everything)[number]) => tagArticle(watchlist, article).length > 0
    expect(scanned.filter(isFound)).toEqual(everything.filter(isFound))
    if (since === 0) expect(scanned).toHaveLength(read)
  }
})
