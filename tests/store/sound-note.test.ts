// Reading every page of a file takes long once it is large: where nothing touched it, a start spares it.
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore, StoreError } from '../../src/store/index.ts'
import { noteSound, soundSince } from '../../src/store/sound-note.ts'
import { temporaryFolder } from './archive.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const verify = (now: number) => ({ verify: { now, afterMs: dayMs } })

function leftSound(): string {
  const path = join(temporaryFolder(), 'press.db')
  openStore(path, verify(noon)).close()
  return path
}

/** Overwrites the last page, as a failing disk may: opening the file does not read it. */
function damage(path: string): void {
  const pageBytes = 4096
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, statSync(path).size - pageBytes)
  closeSync(file)
}

describe('a file that was read whole', () => {
  test('is known to be sound as long as nothing touches it', () => {
    expect(soundSince(leftSound())).toBe(noon)
  })

  test.each([
    ['grew', (path: string) => appendFileSync(path, 'x')],
    ['was written by another program', (path: string) => other(path).close()],
    [
      'was put back from a copy',
      (path: string) => {
        copyFileSync(path, `${path}.copy`)
        renameSync(`${path}.copy`, path)
      },
    ],
    ['went', (path: string) => rmSync(path)],
  ])('is not when it %s', (_, touch) => {
    const path = leftSound()
    touch(path)
    expect(soundSince(path)).toBeUndefined()
  })

  test('is not while somebody writes to it, whose log is not folded into it yet', () => {
    const path = leftSound()
    const writer = other(path)
    onTestFinished(() => void writer.close())
    expect(soundSince(path)).toBeUndefined()
  })

  test('is still known to be when we wrote to it, whether or not that verified it', () => {
    const path = leftSound()
    for (const [until, options] of [{}, { verify: true }, verify(noon + hourMs)].entries()) {
      const store = openStore(path, options)
      store.feeds.pause('wire.example', until)
      store.close()
      expect(soundSince(path)).toBe(noon)
    }
  })

  test('is not after a complete check that found something wrong', () => {
    const path = leftSound()
    damage(path)
    noteSound(path, noon)
    const store = openStore(path) // reads no page that it does not need
    expect(store.integrity()).not.toBe('ok')
    store.close()
    expect(soundSince(path)).toBeUndefined()
  })

  test('is not after trouble with it', () => {
    const path = leftSound()
    const store = openStore(path, verify(noon))
    expect(() =>
      store.transaction(() => {
        throw new StoreError('no space left', 'free some')
      }),
    ).toThrow('no space left')
    store.close()
    expect(soundSince(path)).toBeUndefined()
  })
})

/** Another program that has written to the file. */
function other(path: string): Database.Database {
  const db = new Database(path)
  db.exec(`insert into host_pause (host, until) values ('wire.example', 1)`)
  return db
}

describe('a start that verifies', () => {
  test('refuses what was damaged since', () => {
    const path = leftSound()
    damage(path)
    expect(() => openStore(path, verify(noon + hourMs))).toThrow('is damaged')
  })

  test('reads what nothing touched once a day only, and from a clock set back at once', () => {
    const path = leftSound()
    damage(path)
    noteSound(path, noon) // a disk may do it without touching anything
    openStore(path, verify(noon + dayMs - 1)).close()
    expect(() => openStore(path, verify(noon + dayMs))).toThrow('is damaged')
    expect(soundSince(path)).toBeUndefined()
    expect(() => openStore(path, verify(noon - 1))).toThrow('is damaged')
    expect(() => openStore(path, { verify: true })).toThrow('is damaged')
  })

  test('goes by when the file was last read, however often it was left since', () => {
    const path = leftSound()
    for (const hour of [8, 16]) openStore(path, verify(noon + hour * hourMs)).close()
    expect(soundSince(path)).toBe(noon)
    openStore(path, verify(noon + dayMs)).close()
    expect(soundSince(path)).toBe(noon + dayMs)
  })
})
