// What a desk of 100, 1,000 and 5,000 feeds costs for each of its feeds: a first round, one with nothing new, a small one.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FeedServer, startFeedServer, writeDesk } from './growing-desk.ts'
import { growthTable } from './growth-table.ts'
import { type Cost, runProgram } from './measured-program.ts'

const smallRound = { every: 20, entries: 2 } as const // five of a hundred feeds

const pollsPerTurn = 3 // they are short, and one alone says little

/** A part of a turn that was repeated is told as often. */
type Turn = {
  readonly start: Cost
  readonly cold: readonly Cost[]
  readonly quiet: readonly Cost[]
  readonly small: readonly Cost[]
}
type Desk = { readonly feeds: number; readonly folder: string; readonly server: FeedServer; turns: Turn[] }

async function turn({ folder, feeds, server }: Desk): Promise<Turn> {
  rmSync(folder, { recursive: true, force: true })
  writeDesk(folder, feeds, server.port)
  runProgram(folder, ['fetch', 's0']) // keeps the checked copy of the configuration
  const cold = runProgram(folder, ['fetch'])
  const start = runProgram(folder, ['fetch', 's0'])
  const quiet = Array.from({ length: pollsPerTurn }, () => runProgram(folder, ['fetch']))
  const small: Cost[] = []
  for (let count = 0; count < pollsPerTurn; count++) {
    await server.grow(smallRound.every, smallRound.entries)
    small.push(runProgram(folder, ['fetch']))
  }
  return { cold: [cold], start, quiet, small }
}

function print(desks: readonly Desk[], entries: number): void {
  const perFeed = (index: number, cpuMs: number): number => cpuMs / (desks[index]?.feeds ?? 1)
  const of = (name: 'cold' | 'quiet' | 'small', isLessStart: boolean) => (index: number) =>
    (desks[index]?.turns ?? []).flatMap((turn) =>
      turn[name].map(({ cpuMs }) => perFeed(index, cpuMs - (isLessStart ? turn.start.cpuMs : 0))),
    )
  growthTable(
    `a desk of so many feeds, ${entries} entries each; CPU ms a feed`,
    desks.map(({ feeds }) => feeds),
    [
      ['first round', of('cold', false)],
      ['first round, less a start', of('cold', true)],
      ['nothing new', of('quiet', false)],
      ['nothing new, less a start', of('quiet', true)],
      ['two new entries in one of twenty', of('small', false)],
      ['the same, less a start', of('small', true)],
      [
        'a start, with one feed',
        (index) => desks[index]?.turns.map(({ start }) => perFeed(index, start.cpuMs)) ?? [],
      ],
      [
        'memory at most, MiB in all',
        (index) => desks[index]?.turns.flatMap(({ cold }) => cold.map(({ peakMiB }) => peakMiB)) ?? [],
      ],
    ],
  )
}

/** The sizes take turns, so that a slow minute of the machine meets all of them. */
export async function measureFeeds(
  sizes: readonly number[],
  { entries, turns, folder }: { readonly entries: number; readonly turns: number; readonly folder: string },
): Promise<void> {
  const desks: Desk[] = []
  try {
    for (const feeds of sizes) {
      const server = await startFeedServer(feeds, entries)
      desks.push({ feeds, server, folder: join(folder, `feeds-${feeds}`), turns: [] })
    }
    for (let count = 0; count < turns; count++) for (const desk of desks) desk.turns.push(await turn(desk))
    print(desks, entries)
  } finally {
    for (const { server } of desks) server.close()
  }
}
