// What another thread finds out of entries ahead of the writer is what the writer would have found, and decides nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Analyst } from '../../src/jobs/index.ts'
import type { Item } from '../../src/model/item.ts'
import type { Fetched } from '../../src/model/outcome.ts'
import { analyseEntry } from '../../src/pipeline/entry-analysis.ts'
import { packAnalyses, unpackAnalyses } from '../../src/pipeline/packed-analyses.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { archiveOf } from './archive-of.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

/** Analyses as the reading thread does, at another time; counts the articles that it is given. */
function counting(isBusy = true): Analyst & { readonly asked: () => number } {
  let asked = 0
  return {
    isBusy: () => isBusy,
    analyse: async (articles, topics) => {
      asked += articles.length
      await new Promise((resolve) => setImmediate(resolve))
      const { watchlist } = compileWatchlist(topics)
      return unpackAnalyses(packAnalyses(articles.map((article) => analyseEntry(article, watchlist))))
    },
    asked: () => asked,
  }
}

const texts = [
  'Farmers in the valley brought in the first wheat of the season after a wet spring kept their combines in the sheds',
  'The ferry to the island stays in harbour until engineers have looked at a crack that divers found below the water line',
  'A museum lends its oldest map to a school whose pupils measured the coast again with strings and a borrowed boat',
] as const

function report(number: number): Item {
  const text = texts[number % texts.length] ?? ''
  const more = {
    summary: text,
    text: number % 2 === 0 ? text : `${text}, in full`,
    url: `https://a.example/${number % 17}`,
  }
  return item(`guid-${number % 23}`, `Report ${number % 9} from the harvest`, more)
}

type Poll = readonly [feedId: number, outcome: Fetched]

async function ingestAll(desk: TestDesk, polls: readonly Poll[]): Promise<void> {
  await Promise.all(polls.map(([feedId, outcome]) => desk.ingest(feedId, outcome, 5_000)))
}

const reports = (from: number, count: number) => Array.from({ length: count }, (_, n) => report(from + n))

describe('entries that were analysed ahead', () => {
  it('leave the same archive as entries that the writer reads itself', async () => {
    const numbers = fc.uniqueArray(fc.nat(60), { minLength: 8, maxLength: 20 })
    const polls = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), numbers), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(polls, async (all) => {
        const analyst = counting()
        const [ahead, here] = [openDesk(undefined, { analyst }), openDesk()]
        const outcomes = all.map(
          ([feedId, some], index): Poll => [feedId, fetched(1000 + index, some.map(report))],
        )
        await ingestAll(ahead, outcomes)
        await ingestAll(here, outcomes)
        expect(analyst.asked()).toBeGreaterThan(0)
        expect(archiveOf(ahead.path)).toEqual(archiveOf(here.path))
        ahead.store.close()
        here.store.close()
      }),
      { numRuns: 10 },
    )
  })

  it('are only those that say something new, and only where they are many', async () => {
    const analyst = counting()
    const desk = openDesk(undefined, { analyst })
    await desk.ingest(1, fetched(1000, reports(0, 12)))
    expect(analyst.asked()).toBe(12)
    await desk.ingest(1, fetched(2000, reports(2, 12))) // two that are new
    expect(analyst.asked()).toBe(12)
    await desk.ingest(1, fetched(3000, reports(11, 12))) // nine
    expect(analyst.asked()).toBe(21)
  })

  it('are none while there is little to do', async () => {
    const analyst = counting(false)
    const desk = openDesk(undefined, { analyst })
    await desk.ingest(1, fetched(1000, reports(0, 12)))
    expect(analyst.asked()).toBe(0)
    expect(desk.store.stats(0).sightings).toBe(12)
  })

  it('are read by the writer when the analyst fails, or the rules change meanwhile', async () => {
    const failing: Analyst = { isBusy: () => true, analyse: () => Promise.reject(new Error('no memory')) }
    const gone: Analyst = { isBusy: () => true, analyse: async () => undefined }
    const broken: Analyst = {
      ...gone,
      isBusy: () => {
        throw new Error('the disk cannot be read')
      },
    }
    const foreign: Analyst = {
      isBusy: () => true,
      analyse: async (articles) => {
        changeRules()
        const { watchlist } = compileWatchlist([{ id: 'other', name: 'Other', any: ['ferry'] }])
        return articles.map((article) => analyseEntry(article, watchlist))
      },
    }
    const desks = [foreign, failing, gone, broken].map((analyst) => openDesk(undefined, { analyst }))
    const changeRules = (): void => desks[0]?.swapDesk()
    const plain = openDesk()
    await plain.ingest(1, fetched(1000, reports(0, 12)))
    for (const desk of desks) {
      await desk.ingest(1, fetched(1000, reports(0, 12)))
      expect(archiveOf(desk.path)).toEqual(archiveOf(plain.path))
    }
  })
})
