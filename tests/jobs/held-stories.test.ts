// What people decided about stories outlives everything but another decision: outcomes told again, a restart, stories computed anew.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeStories, pinArticles, recluster, splitStory } from '../../src/jobs/index.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const hourMs = 3_600_000
const texts = [
  'Earthquake damages mosque in Karvan: it shook the town before dawn, damaging the old mosque beside the river Zelu.',
  'Ferry Almira runs aground off Tarsa: it struck a sandbank in thick fog, the coast guard of Velmar said.',
  'Tents sent to Karvan after the earthquake: lorries left for the families beside the river Zelu.',
  'Passengers of the ferry Almira brought ashore at Tarsa, while the coast guard of Velmar waited beside the sandbank.',
  'Governor visits Karvan after the earthquake: he asked families to stay away from the mosque beside the river Zelu.',
  'Tugs pull the ferry Almira off the sandbank near Tarsa at high tide, the coast guard of Velmar said.',
]
const outcomes = texts.map((text, index) => {
  const [title = '', summary = ''] = [text.slice(0, 45), text]
  return fetched((index + 1) * hourMs, [item(`r${index}`, title, { summary, text: summary })])
})

/** Tells a desk every report; telling them once more must change nothing. */
async function hear(desk: TestDesk): Promise<void> {
  for (const [index, outcome] of outcomes.entries()) await desk.ingest(1 + (index % 3), outcome)
}

const storiesOf = ({ store }: TestDesk) =>
  texts.map((_, index) => store.articles.load(index + 1)?.storyId ?? 0)

type Change = {
  readonly verb: 'split' | 'merge' | 'pin'
  readonly articles: readonly number[]
  readonly into: number
}
const someChange: fc.Arbitrary<Change> = fc.record({
  verb: fc.constantFrom('split', 'merge', 'pin'),
  articles: fc.uniqueArray(fc.integer({ min: 1, max: texts.length }), { minLength: 1, maxLength: 3 }),
  into: fc.integer({ min: 1, max: texts.length }),
})

/** Some changes are refused, such as splitting a whole story: then nothing changes. */
function change(desk: TestDesk, { verb, articles, into }: Change): void {
  const by = { store: desk.store, now: 8 * hourMs, who: 'anna', reason: '' }
  const storyOf = (articleId: number) => desk.store.articles.load(articleId)?.storyId ?? 0
  if (verb === 'split') splitStory(by, articles)
  else if (verb === 'merge') mergeStories(by, [into, ...articles].map(storyOf))
  else pinArticles(by, articles, storyOf(into))
}

const anew = ({ store, desk }: TestDesk) =>
  recluster(
    { store, desk, since: 0, now: 9 * hourMs, who: 'ben' },
    () => undefined,
    () => undefined,
  )

/** A desk after all of it, started anew in between; returns where every article is at the end. */
async function lifeOf(changes: readonly Change[]): Promise<readonly number[]> {
  const first = openDesk()
  await hear(first)
  for (const one of changes) change(first, one)
  const [decided, held] = [storiesOf(first), first.store.storyChanges.held()]
  await hear(first)
  expect(storiesOf(first)).toEqual(decided)
  await anew(first)
  first.store.close()
  const second = openDesk(first.path)
  await hear(second)
  const stories = storiesOf(second)
  for (const [articleId, { storyId }] of held) {
    expect(storyId).toBe(decided[articleId - 1])
    expect(stories[articleId - 1]).toBe(storyId)
  }
  expect(await anew(second)).toMatchObject({ moved: 0, begun: 0 })
  second.store.close()
  return stories
}

it('whatever people split, merge and pin stays so, and the same input ends in the same stories', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someChange, { minLength: 2, maxLength: 4 }), async (changes) => {
      expect(await lifeOf(changes)).toEqual(await lifeOf(changes))
    }),
    { numRuns: 4 },
  )
})
