// A mail server that refuses everything for hours: the edition waits, everybody who asks is told that it is late, and it goes out once.
import { expect, it, onTestFinished } from 'vitest'
import { oneRound } from '../../src/app/daily.ts'
import { checkDeliveries } from '../../src/app/doctor-deliveries.ts'
import { isLateDelivery } from '../../src/app/late-delivery.ts'
import { createHandlers, createOutside, createRunner, openRoom } from '../../src/app/start.ts'
import { smtpSink } from '../deliver/smtp-sink.ts'
import { presslark } from './command-line.ts'
import { writeDesk } from './local-desk.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const due = Date.parse('2026-11-20T07:00:00Z')
const recipient = 'ana@desk.example'

/** A desk of one mail a morning, whose clock the test moves, beside a mail server that answers with `refusals`. */
async function openDesk(refusals: Record<string, number>) {
  const sink = await smtpSink(refusals)
  const folder = writeDesk({
    presslark: `mail: {host: 127.0.0.1, port: ${sink.port}, secure: none, from: press@desk.example}\n`,
    sources: 'sources: []\n',
    digests: `digests:\n  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{email: [${recipient}]}]}\n`,
  })
  const clock = { now: due - hourMs }
  const now = (): number => clock.now
  const room = await openRoom({ config: `${folder}/config`, now: clock.now })
  const outside = createOutside(room)
  const runner = await createRunner(room.config, await createHandlers(room, outside, {}, { now }), {})
  onTestFinished(async () => {
    await runner.stop()
    await outside.fetcher.close()
    await outside.deliverer.close()
    room.store.close()
    await sink.close()
  })
  return { sink, folder, clock, room, round: () => oneRound(room, runner, now) }
}

it('a digest whose mail server is away for six hours is late in the doctor, the list and the numbers, and is sent once it is back (C08)', async () => {
  const refusals: Record<string, number> = { [recipient]: 451 }
  const { sink, folder, clock, room, round } = await openDesk(refusals)
  await round()
  expect(checkDeliveries(room.config, clock.now)).toMatchObject([{ ok: true }])

  for (clock.now = due; clock.now < due + 6 * hourMs; clock.now += minuteMs) {
    await round()
    const [row] = room.store.deliveries.list(9)
    expect(row && isLateDelivery(row, clock.now)).toBe(clock.now > due + 30 * minuteMs)
  }
  expect(sink.received).toEqual([])
  expect(room.store.deliveries.list(9)).toMatchObject([{ state: 'pending', attempts: 11 }]) // after 1, 3, 8, 23, 53 min, then hourly
  expect(room.store.upkeep.gauges(clock.now).deliveryOverdueMs).toBe(6 * hourMs)
  expect(checkDeliveries(room.config, clock.now)).toEqual([
    {
      check: 'deliveries',
      ok: false,
      detail: expect.stringMatching(
        /^1 is late; the oldest is morning\/1 by email, due since 2026-11-20 07:00 UTC, 11 attempts: .*451.*deliveries list --open/,
      ),
    },
  ])
  const { stdout } = await presslark(['deliveries', 'list'], folder)
  expect(stdout).toMatch(/ana@desk\.example +pending, late +11/)

  delete refusals[recipient]
  for (; clock.now < due + 8 * hourMs; clock.now += minuteMs) await round()
  expect(sink.received.map(({ to }) => to)).toEqual([[recipient]])
  expect(room.store.upkeep.gauges(clock.now).deliveryOverdueMs).toBe(0)
  expect(checkDeliveries(room.config, clock.now)).toMatchObject([{ ok: true }])
})
