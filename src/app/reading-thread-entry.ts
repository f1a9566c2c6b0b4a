// Where the reading thread begins: bodies in, feeds out. It knows neither the database nor the web.
import { type Body, type BodyReading, readBody } from '../fetch/index.ts'
import { withoutMarkup } from '../pipeline/without-markup.ts'
import { doTasks } from './do-tasks.ts'
import type { ReadingResult, ReadingTask } from './reading-task.ts'

/** Leaves out what nobody on the other side needs. */
async function readPlain(body: Body): Promise<BodyReading> {
  const reading = await readBody(body)
  if (reading.ok) return { ok: true, feed: withoutMarkup(reading.feed) }
  const { text: _, ...failed } = reading
  return failed
}

doTasks<ReadingTask, ReadingResult>(async ({ body }) => ({
  content: { reading: await readPlain(body) },
  transfer: [],
}))
