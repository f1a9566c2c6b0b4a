// A job as Redis holds it: an envelope with a version, compressed when large, and parsed again before it is trusted.
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import type { Job } from '../model/job.ts'
import { jobSchema } from './job-schema.ts'
import { QueueError } from './queue-error.ts'

/**
 * Larger jobs travel compressed, to spare the memory of Redis; smaller ones are not worth the time: with a bound of 4 KB and Brotli's least
 * quality an outcome of 37 KB took 0.90 to 1.00 of its CPU time, Redis included.
 */
export const plainBytesMax = 64 * 1024

/**
 * The largest job a runner carries, as JSON: a feed of 16 MB may repeat its text as summary, content and plain text. The
 * limit also bounds what a hostile payload can unpack to.
 */
const jobBytesMax = 64 * 1024 * 1024

/** Takes half the time of the usual level (6) on the text of feeds, and a sixth more room. */
const gzipLevel = 2

export type Payload =
  | { readonly version: 1; readonly job: Job }
  | { readonly version: 1; readonly gzip: string } // base64 of the gzipped JSON of the job

const envelope = z.union([
  z.object({ version: z.literal(1), job: z.unknown() }),
  z.object({ version: z.literal(1), gzip: z.base64() }),
])

/** A job ready for Redis, and about how many bytes it takes there. */
export type PackedJob = { readonly data: Payload; readonly bytes: number }

/** Throws a `QueueError` with the code `too-large` for a job above `jobBytesMax`. */
export async function packJob(job: Job): Promise<PackedJob> {
  const json = Buffer.from(JSON.stringify(job))
  if (json.length <= plainBytesMax) return { data: { version: 1, job }, bytes: json.length }
  if (json.length > jobBytesMax)
    throw new QueueError(
      'too-large',
      `the ${job.name} job ${job.id} has ${json.length} bytes, more than ${jobBytesMax}`,
    )
  const base64 = (await promisify(gzip)(json, { level: gzipLevel })).toString('base64')
  return { data: { version: 1, gzip: base64 }, bytes: base64.length }
}

/** Throws an `Error` with one line that says what is wrong with the payload. */
export async function unpackJob(data: unknown): Promise<Job> {
  const opened = envelope.safeParse(data)
  if (!opened.success) throw new Error(`not a job: ${versionProblem(data)}`)
  const parsed = jobSchema.safeParse(
    'gzip' in opened.data ? await inflate(opened.data.gzip) : opened.data.job,
  )
  if (!parsed.success) throw new Error(`not a job: ${firstProblem(parsed.error)}`)
  return parsed.data
}

async function inflate(base64: string): Promise<unknown> {
  const json = await promisify(gunzip)(Buffer.from(base64, 'base64'), { maxOutputLength: jobBytesMax })
  return JSON.parse(json.toString('utf8'))
}

function versionProblem(data: unknown): string {
  const version = z.object({ version: z.number() }).safeParse(data)
  if (version.success && version.data.version !== 1)
    return `payload version ${version.data.version} is unknown`
  return 'no envelope with a version and a job'
}

function firstProblem({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'job'}: ${issue?.message ?? 'invalid'}`
}
