import { describe, expect, it } from 'vitest'
import { latestSlot, parseCron } from '../../src/pipeline/cron.ts'

const dayMs = 86_400_000

function slotsOfDay(expression: string, timeZone: string, day: string): readonly string[] {
  const parsed = parseCron(expression)
  if (!parsed.ok) throw new Error(parsed.message)
  const start = Date.parse(`${day}T00:00:00Z`) - dayMs
  const slots = new Set<string>()
  let after = start
  for (let at = start; at <= start + 3 * dayMs; at += 5 * 60_000) {
    const slot = latestSlot(parsed.cron, timeZone, after, at)
    if (slot === undefined) continue
    after = slot
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(slot)
    if (local.startsWith(day)) slots.add(new Date(slot).toISOString())
  }
  return [...slots]
}

describe('a schedule in a time zone', () => {
  it('has exactly one slot on a day whose hour is skipped or repeated (C22)', () => {
    expect(slotsOfDay('30 2 * * *', 'Europe/Berlin', '2027-03-28')).toEqual(['2027-03-28T01:30:00.000Z'])
    expect(slotsOfDay('30 2 * * *', 'Europe/Berlin', '2026-10-25')).toEqual(['2026-10-25T00:30:00.000Z'])
    expect(slotsOfDay('30 2 * * *', 'America/New_York', '2027-03-14')).toHaveLength(1)
    expect(slotsOfDay('30 0 * * *', 'Asia/Beirut', '2027-03-28')).toHaveLength(1)
    expect(slotsOfDay('30 0 * * *', 'Africa/Cairo', '2027-04-30')).toHaveLength(1)
  })

  it('knows zones with odd offsets (C22)', () => {
    expect(slotsOfDay('0 6 * * *', 'Asia/Kathmandu', '2027-01-05')).toEqual(['2027-01-05T00:15:00.000Z'])
    expect(slotsOfDay('0 8 * * *', 'Asia/Tehran', '2026-11-22')).toEqual(['2026-11-22T04:30:00.000Z'])
  })

  it('after five missed days is due once, for the latest slot', () => {
    const parsed = parseCron('0 7 * * *')
    if (!parsed.ok) throw new Error(parsed.message)
    const after = Date.parse('2026-11-01T07:00:00Z')
    const now = Date.parse('2026-11-06T09:00:00Z')
    const slot = latestSlot(parsed.cron, 'UTC', after, now)
    expect(slot).toBe(Date.parse('2026-11-06T07:00:00Z'))
    expect(latestSlot(parsed.cron, 'UTC', slot ?? 0, now)).toBeUndefined()
  })

  it('is not due before its first slot', () => {
    const parsed = parseCron('0 7 * * mon-fri')
    if (!parsed.ok) throw new Error(parsed.message)
    const saturday = Date.parse('2026-11-21T00:00:00Z')
    expect(latestSlot(parsed.cron, 'UTC', saturday, saturday + dayMs)).toBeUndefined()
  })

  it('takes lists, ranges, steps, names and nicknames', () => {
    for (const good of ['*/15 6-9 1,15 jan-jun mon', '0 0 * * 7', '@daily', '5/20 * * * *'])
      expect(parseCron(good).ok).toBe(true)
  })

  it.each([
    ['', 'found 1'],
    ['* * * *', 'found 4'],
    ['0 6 31 2 *', 'no such day'],
    ['*/0 * * * *', 'minute'],
    ['61 * * * *', 'minute'],
    ['0 25 * * *', 'hour'],
    ['0 6 * * noday', 'weekday'],
    ['0 0 0 0 0 0 0', 'found 7'],
  ])('refuses %j and says why', (expression, reason) => {
    const parsed = parseCron(expression)
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(reason) })
  })
})
