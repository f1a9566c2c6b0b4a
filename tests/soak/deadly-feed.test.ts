// A feed that kills the one process that reads it, as a fault in a parser or a lack of memory would. Nobody counts but the database.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openKillDesk } from './kill-desk.ts'

const limitMs = 90_000 // most of it is programs starting, which takes long on a busy machine

/** Loaded before the program: whoever reads these letters out of a body dies at once. */
const deadly = `data:text/javascript,${encodeURIComponent(`
  const { toString } = Buffer.prototype
  Buffer.prototype.toString = function (...given) {
    const text = toString.apply(this, given)
    if (given[0] === 'latin1' && text.includes('feed-1-report-0')) process.kill(process.pid, 'SIGKILL')
    return text
  }`)}`

test(
  'a feed that kills its process twice is left alone and told, and the others go on (C34)',
  async () => {
    const desk = await openKillDesk(['run'], 3)
    onTestFinished(() => desk.close())
    for (let death = 0; death < 2; death++) {
      const victim = desk.spawn('run', { NODE_OPTIONS: `--import="${deadly}"` })
      expect(await victim.ended).toBeNull() // killed, not ended
      desk.advance(6) // the lease of what it had claimed is over
    }
    const survivor = desk.spawn('run', { NODE_OPTIONS: `--import="${deadly}"` })
    await survivor.says('every process that had it in hand died of it')
    while (desk.count('select count(*) from article') < 10) await pause(25)
    expect(await survivor.stop()).toBe(0)
    expect(desk.count('select failures from feed where id = 2')).toBe(1)
    expect(desk.count('select count(*) from feed where failures = 0')).toBe(2)

    const mended = desk.spawn('run') // the fault is gone, but not the wait
    await mended.says('presslark runs')
    expect(await mended.stop()).toBe(0)
    expect(desk.count('select count(*) from article')).toBe(10)
  },
  limitMs,
)

/** Loaded before the program: whoever stores the first report of the first outlet dies at once, with all that is stored beside it. */
const deadlyToStore = `data:text/javascript,${encodeURIComponent(`
  import crypto from 'node:crypto'
  import { syncBuiltinESMExports } from 'node:module'
  const { hash } = crypto
  crypto.hash = (algorithm, data, ...rest) => {
    if (typeof data === 'string' && data.endsWith('outlet0.example/0')) process.kill(process.pid, 'SIGKILL')
    return hash(algorithm, data, ...rest)
  }
  syncBuiltinESMExports()`)}`

test(
  'a feed that kills whoever stores it is found among those stored with it, also by rounds that are begun one by one (C34)',
  async () => {
    const desk = await openKillDesk(['run'], 3)
    onTestFinished(() => desk.close())
    const deaths = async (): Promise<number> => {
      for (let died = 0; ; died++) {
        const round = desk.spawn('run-once', { NODE_OPTIONS: `--import="${deadlyToStore}"` })
        if ((await round.ended) !== null) return died
        desk.advance(6)
      }
    }
    expect(await deaths()).toBeGreaterThan(1)
    expect(desk.count('select failures from feed where id = 1')).toBe(1)
    expect(desk.count('select count(*) from feed where failures = 0')).toBe(2)
    expect(desk.count('select count(*) from article')).toBe(10)
  },
  limitMs,
)
