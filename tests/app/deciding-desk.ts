// A desk whose deciding thread has begun, and outcomes to be stored there all at once.
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { createDecidingEcho } from '../../src/app/deciding-thread.ts'
import type { Echo } from '../../src/jobs/index.ts'
import type { Item } from '../../src/model/item.ts'
import type { Fetched } from '../../src/model/outcome.ts'
import type { Question } from '../../src/pipeline/judge.ts'
import { fetched, item, openDesk, type TestDesk } from '../jobs/desk.ts'

export const sourceIds = Array.from({ length: 12 }, (_, number) => `source${number}`)
export const at = 50_000

/** How often questions were announced, answered ahead, asked when their turn had come, or not answered; how often all of it was void. */
type Seen = { announced: number; ahead: number; asked: number; failed: number; rebuilt: number }

function watched(echo: Echo, seen: Seen): Echo {
  return {
    ...echo,
    announce: (questions) => {
      seen.announced++
      echo.announce(questions)
    },
    judge: (questions) => {
      if (echo.isAnnounced(questions)) seen.ahead++
      else seen.asked++
      seen.failed++
      const verdicts = echo.judge(questions)
      seen.failed--
      return verdicts
    },
    rebuild: (now) => {
      seen.rebuilt++
      echo.rebuild(now)
    },
  }
}

/** A desk whose thread has begun to decide. */
export async function openApart(path?: string): Promise<TestDesk & { readonly seen: Seen }> {
  const seen = { announced: 0, ahead: 0, asked: 0, failed: 0, rebuilt: 0 }
  const desk = openDesk(path, {
    sourceIds,
    echoOf: (room) => watched(createDecidingEcho({ ...room, isWanted: () => true }), seen),
  })
  onTestFinished(() => void desk.echo.settle(at))
  while (!desk.echo.looksAhead()) await wait(5)
  return { ...desk, seen }
}

const texts = [
  'Farmers in the valley brought in the first wheat of the season after a wet spring kept their combines in the sheds',
  'The ferry to the island stays in harbour until engineers have looked at a crack that divers found below the water line',
  'A museum lends its oldest map to a school whose pupils measured the coast again with strings and a borrowed boat',
  'Bakers of the old town agreed on a price for the round loaf and will keep their ovens warm through the night',
] as const

/** A report by its number: some of one text, some at one page, some under the guid of another. */
export function report(number: number): Item {
  const text = `${texts[number % texts.length]} ${number % 9 === 0 ? 'as before' : `on day ${number}`}`
  const more = { summary: text, text, url: `https://a.example/page-${number % 37}` }
  return item(`guid-${number % 41}`, `Report ${number % 23} from the harvest`, more)
}

/** All at once; each by a feed of its own, so that many transactions wait. */
export function ingestAll(desk: TestDesk, outcomes: readonly Fetched[]) {
  return Promise.allSettled(
    outcomes.map((outcome, index) => desk.ingest(1 + (index % sourceIds.length), outcome, at)),
  )
}

export function distinctOutcome(feed: number, entries = 60): Fetched {
  return fetched(
    at,
    Array.from({ length: entries }, (_, index) =>
      item(`f${feed}-${index}`, `Outlet ${feed} counts ${index} boats`, {
        url: `https://f${feed}.example/${index}`,
        summary: `Village ${feed * 100 + index} repaired bridge ${index} before the rain of week ${feed}`,
      }),
    ),
  )
}

/** Of one event, each in words of its own. */
export const ferryReports = [
  [
    'Ferry Selma stays in Norholm harbour after divers find a crack',
    'The ferry Selma stays in Norholm harbour until engineers have looked at a crack that divers found below the water line',
  ],
  [
    'Divers find a crack below the water line of the ferry Selma',
    'Passengers of the Selma wait in Norholm while engineers look at the crack; the ferry stays in harbour until Friday',
  ],
  [
    'Ferry Selma waits in Norholm harbour: divers find a crack',
    'The Selma waits in Norholm harbour after divers found a crack below the water line; engineers look at the ferry until Friday',
  ],
] as const

type Told = (typeof ferryReports)[number]

export const reportOf = ([title, summary]: Told): Fetched =>
  fetched(at, [item(title, title, { summary, text: summary, url: `https://ferry.example/${title.length}` })])

export const questionOf = ([title, text]: Told): Question => ({
  document: { articleId: 0, sourceId: 'source2', family: 'source2', title, text, at, seenAt: at },
  compared: text,
  known: {},
  isLate: false,
})

export const boats = (from: number, to: number, entries: number): readonly Fetched[] =>
  Array.from({ length: to - from }, (_, index) => distinctOutcome(from + index, entries))

export function storiesOf(path: string): readonly { readonly id: number; readonly story_id: number }[] {
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  return db.prepare('select id, story_id from article order by id').all() as {
    id: number
    story_id: number
  }[]
}

export function feedOf(path: string): unknown {
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  return db.prepare('select * from feed where id = 1').get()
}
