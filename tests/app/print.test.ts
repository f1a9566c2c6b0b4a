// What a command prints arrives whole, whatever standard output is: a file, a pipe that is read slowly, one that nobody reads.
import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ended } from './command-line.ts'

const lines = 50_000
const expected = Array.from({ length: lines }, (_, number) => `line ${number} خط\n`).join('')
let program: string
let impatient: string

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-print-'))
  const print = JSON.stringify(join(import.meta.dirname, '../../src/app/print.ts'))
  const script = `import { print } from ${print}
    for (let from = 0; from < ${lines}; from += 10_000)
      print(Array.from({ length: 10_000 }, (_, number) => \`line \${from + number} خط\\n\`).join(''))`
  program = join(folder, 'prints.ts')
  writeFileSync(program, script)
  const patient = join(folder, 'patient.ts')
  writeFileSync(patient, `import { readFileSync } from 'node:fs'\nreadFileSync(0)\n${script}`)
  impatient = join(folder, 'impatient.ts') // shares its pipe with a program and, when that runs, makes it one that nobody waits for
  writeFileSync(
    impatient,
    `import { spawn } from 'node:child_process'
    import { Socket } from 'node:net'
    const child = spawn(process.execPath, [${JSON.stringify(patient)}], { stdio: ['pipe', 'inherit', 'inherit'] })
    child.once('exit', (code) => process.exit(code ?? 1))
    child.once('spawn', () => {
      new Socket({ fd: 1 }).unref()
      child.stdin.end()
    })`,
  )
})

describe('print', () => {
  test('into a file', async () => {
    const path = `${program}.out`
    const child = spawn(process.execPath, [program], { stdio: ['ignore', openSync(path, 'w'), 'pipe'] })
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(path, 'utf8')).toBe(expected)
  })

  test.each(['program', 'impatient'] as const)('into a pipe that is read late (%s)', async (kind) => {
    const file = kind === 'program' ? program : impatient
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] })
    await new Promise((resolve) => setTimeout(resolve, 300)) // the pipe holds a fraction of it
    const { code, stdout, stderr } = await ended(child)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout === expected).toBe(true)
  })

  test('into a pipe that nobody reads: the end, and no error', async () => {
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' })
  })
})
