// A fetch of thousands of entries neither holds up the process nor loses what was committed when it is cut off.
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/model/item.ts'
import { fetched, item, openDesk } from './desk.ts'

const words = [
  'ferry',
  'museum',
  'harvest',
  'bridge',
  'school',
  'tunnel',
  'market',
  'orchard',
  'library',
  'dam',
]

/** So many reports that share few words. */
function reports(count: number): readonly Item[] {
  return Array.from({ length: count }, (_, index) => {
    const text = words.map((word, place) => `${word}${(index * (place + 3)) % 997}`).join(' ')
    return item(`r${index}`, `${words[index % 10]} ${index} ${text.slice(0, 40)}`, { summary: text, text })
  })
}

describe('a fetch of 1,000 new entries (C14)', () => {
  it('lets other work go on after every hundred', async () => {
    const { ingest } = openDesk()
    let turns = 0
    const turn = () => {
      turns++
      immediate = setImmediate(turn)
    }
    let immediate = setImmediate(turn)
    const event = await ingest(1, fetched(1000, reports(1000)))
    clearImmediate(immediate)
    expect(event?.counts.items).toBe(1000)
    expect(turns).toBeGreaterThanOrEqual(9)
  })

  it('that is cut off half-way keeps whole hundreds and its old validators, and comes out the same when it is repeated', async () => {
    const items = reports(1000)
    const whole = openDesk()
    await whole.ingest(1, fetched(1000, items))
    const cut = openDesk()
    const db = new Database(cut.path)
    db.exec(
      "create trigger full before insert on sighting when new.item_key = 'r499' begin select raise(abort, 'disk full'); end",
    )
    await expect(cut.ingest(1, fetched(1000, items))).rejects.toThrow('disk full')
    expect(cut.store.stats(0).sightings).toBe(500)
    expect(cut.store.feeds.find(1)?.validators).toEqual({})
    db.exec('drop trigger full')
    await cut.ingest(1, fetched(1000, items))
    expect(cut.store.stats(0)).toEqual(whole.store.stats(0))
    expect(cut.store.feeds.find(1)).toEqual(whole.store.feeds.find(1))
  })
})
