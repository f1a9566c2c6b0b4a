// Starts stubborn-worker.ts as a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'vitest'

/** A worker process in the middle of a job that it will never end. */
export async function startStubbornWorker(
  url: string,
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
) {
  const script = new URL('./stubborn-worker.ts', import.meta.url).pathname
  const worker = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void worker.kill('SIGKILL'))
  await once(worker.stdout, 'data')
  return worker
}
