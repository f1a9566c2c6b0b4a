import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Job } from '../../src/model/job.ts'
import type { jobSchema } from '../../src/queue/job-schema.ts'
import { packJob, plainBytesMax, unpackJob } from '../../src/queue/payload.ts'
import { transportId } from '../../src/queue/transport-id.ts'
import { createTroubleTeller, type Trouble } from '../../src/queue/trouble.ts'
import { deliverJob, digestJob, fetchedJob, fetchJob, ingestJob } from './jobs.ts'

// The schema repeats the model; this line stops compiling when one of them gains or loses a field.
type Plain<T> = T extends readonly (infer U)[]
  ? Plain<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const schemaEqualsModel: Same<Plain<z.output<typeof jobSchema>>, Plain<Job>> = true

describe('a job on its way through Redis', () => {
  test('has a schema that says what the model says', () => {
    expect(schemaEqualsModel).toBe(true)
  })

  test('arrives as it left, whatever its name and its text', async () => {
    const make = fc.constantFrom(fetchJob, ingestJob, digestJob, deliverJob, (id: string) =>
      fetchedJob(id, 5_000),
    )
    const id = fc.string({ minLength: 1, maxLength: 50, unit: 'binary' })
    await fc.assert(
      fc.asyncProperty(make, id, async (makeJob, text) => {
        const job = makeJob(text)
        expect(await unpackJob(JSON.parse(JSON.stringify((await packJob(job)).data)))).toEqual(job)
      }),
      { numRuns: 200 },
    )
  })

  test('is compressed only when it is larger than 64 KB', async () => {
    expect((await packJob(fetchedJob('small', plainBytesMax / 2))).data).toHaveProperty('job')
    expect((await packJob(fetchedJob('large', plainBytesMax))).data).toHaveProperty('gzip')
  })

  test('is rejected with one line when it is anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (data) => {
        await expect(unpackJob(data)).rejects.toThrow(/^[^\n]+$/)
      }),
      { numRuns: 200 },
    )
  })

  test('loses fields that this version does not know, but no others', async () => {
    const job = { ...deliverJob('d'), addedLater: true }
    expect(await unpackJob({ version: 1, job })).toEqual(deliverJob('d'))
  })
})

describe('the id that BullMQ sees', () => {
  test('is the id of the job when that is words and hyphens', () => {
    expect(transportId('fetch-7-1800000000000')).toBe('fetch-7-1800000000000')
  })

  test('holds no colon, is no integer, and differs for different ids, whatever they are (C36)', () => {
    const id = fc.oneof(fc.string(), fc.integer().map(String), fc.webUrl(), fc.constant('0:1'))
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(transportId(a)).toMatch(/^(?!\d+$)[\w.-]{1,200}$/)
        expect(transportId(a) === transportId(b)).toBe(a === b)
      }),
    )
  })

  test('cannot be forged by an id that looks like a hash', () => {
    expect(transportId(transportId('a:b'))).not.toBe(transportId('a:b'))
  })
})

describe('troubles', () => {
  test('are told once a minute for each origin, with the number that was not told', () => {
    const told: Trouble[] = []
    let nowMs = 0
    const tell = createTroubleTeller(
      (trouble) => told.push(trouble),
      () => nowMs,
    )
    for (nowMs = 0; nowMs < 60_000; nowMs += 1_000) tell('redis', new Error('connect ECONNREFUSED'))
    tell('worker', new Error('Missing lock'))
    nowMs = 60_000
    tell('redis', new Error('connect ECONNREFUSED'))
    expect(told).toEqual([
      { from: 'redis', error: 'connect ECONNREFUSED', suppressed: 0 },
      { from: 'worker', error: 'Missing lock', suppressed: 0 },
      { from: 'redis', error: 'connect ECONNREFUSED', suppressed: 59 },
    ])
  })

  test('never show the password of a URL', () => {
    const told: Trouble[] = []
    createTroubleTeller((trouble) => told.push(trouble))(
      'redis',
      new Error('no way to redis://me:open-sesame@host:6379'),
    )
    expect(told).toMatchObject([{ error: 'no way to redis://***@host:6379' }])
  })
})
