// Nothing goes wrong unheard (C40): every emitter has a listener for its errors, and what nobody caught is told.
import { spawnSync } from 'node:child_process'
import { describe, expect, it, test } from 'vitest'
import { filesUnder, read, root } from '../docs/tree.ts'

/** Everything whose 'error' event ends the process when nobody listens, by the name it is kept under. */
const made =
  /\bconst (\w+) = (?:await )?(?:new (?:Redis|Queue|Worker|QueueEvents|FlowProducer|EventEmitter)|createServer|beginThread|duplicate|createReadStream|createWriteStream|\([^()\n]*\bhttps?\b[^()\n]*\)\.request)\(/g

describe('every emitter (C40)', () => {
  const emitters = filesUnder(['src'], '.ts').flatMap((path) =>
    [...read(path).matchAll(made)].map(([, name = '']) => ({ path, name })),
  )

  test('of the program is found', () => {
    expect(emitters.map(({ path, name }) => `${path} ${name}`)).toEqual([
      'src/app/asked-thread.ts worker',
      'src/app/commands/demo-server.ts server',
      'src/app/monitor-server.ts server',
      'src/app/task-thread.ts worker',
      'src/app/unsubscribe-server.ts server',
      'src/fetch/lenient.ts outgoing',
      'src/fetch/push-server.ts server',
      'src/queue/bull-queues.ts queue',
      'src/queue/bull-worker.ts worker',
      'src/queue/redis-link.ts producer',
      'src/queue/redis-link.ts worker',
      'src/queue/redis-link.ts copy',
    ])
  })

  test('has a listener for its errors', () => {
    expect(emitters.filter(({ path, name }) => !read(path).includes(`${name}.on('error'`))).toEqual([])
  })
})

describe('what nobody caught (C40)', () => {
  /** Runs a few lines in a process of their own, whose log goes to standard error. */
  function run(lines: string) {
    const script = `import { createLog } from './src/app/observe.ts'
      import { tellStrayErrors } from './src/app/stray-errors.ts'
      tellStrayErrors(await createLog('info'))
      ${lines}`
    return spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
  }

  it('a rejected promise is logged with its place and without the password of an address, and ends the process with 1', () => {
    const { status, stderr } = run(`
      Promise.reject(new Error('lost redis://user:hidden@host/0'))
      setTimeout(() => console.log('still here'), 1000)`)
    expect(status).toBe(1)
    expect(stderr).not.toContain('hidden')
    expect(JSON.parse(stderr)).toMatchObject({
      level: 50,
      origin: 'unhandledRejection',
      error: expect.stringMatching(/^Error: lost redis:\/\/\*\*\*@host\/0\n {4}at /),
    })
  })

  it('an exception is logged, and ends the process with 1', () => {
    const { status, stderr } = run(`setTimeout(() => { throw new Error('broken') }, 1)`)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^\{"level":50,.*"error":"Error: broken\\n.*please report this"\}$/m)
  })
})
