import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { filePath, isInside } from '../../src/deliver/file-path.ts'
import { createDeliverer } from '../../src/deliver/index.ts'
import { messageFor } from './mail-message.ts'

const hostile = JSON.parse(
  readFileSync(new URL('../fixtures/delivery/path-traversal.json', import.meta.url), 'utf8'),
) as { names: string[] } // the fixture's own shape

let root = ''
let folder = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'presslark-'))
  folder = join(root, 'editions')
})
afterEach(() => rmSync(root, { recursive: true }))

function deliverTo(path: string, details: Parameters<typeof messageFor>[1] = {}) {
  return createDeliverer({ file: { folder } }).deliver(
    messageFor({ kind: 'file', path, format: 'md' }, details),
  )
}

describe('a file channel', () => {
  test('fills in the date, the digest and the number', async () => {
    const outcome = await deliverTo('{date}/{digest}-{number}.md')
    const path = join(folder, '2026-11-22', 'morning-12.md')
    expect(outcome).toEqual({ kind: 'sent', detail: path })
    expect(readFileSync(path, 'utf8')).toBe('# Morning desk\n')
  })

  test('lets nobody but the owner read what it wrote', async () => {
    await deliverTo('{date}/latest.md')
    expect(statSync(join(folder, '2026-11-22', 'latest.md')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, '2026-11-22')).mode & 0o777).toBe(0o700)
  })

  test('replaces the file of an earlier edition and leaves nothing else behind', async () => {
    await deliverTo('latest.md')
    await deliverTo('latest.md', {
      bodies: { ...messageFor({ kind: 'email', to: [] }).bodies, md: 'second\n' },
    })
    expect(readFileSync(join(folder, 'latest.md'), 'utf8')).toBe('second\n')
    expect(readdirSync(folder)).toEqual(['latest.md'])
  })

  test('is stopped for good by a folder that stands where the file should', async () => {
    mkdirSync(join(folder, 'latest.md'), { recursive: true })
    expect((await deliverTo('latest.md')).kind).toBe('permanent')
    expect(readdirSync(folder)).toEqual(['latest.md'])
  })
})

describe('B41 a file channel stays in its folder', () => {
  test.each(hostile.names)('when the digest is called %j', async (digestId) => {
    await deliverTo('{digest}.md', { digestId })
    expect(readdirSync(root)).toEqual(['editions'])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test.each([...hostile.names, '../outside.md', 'a/../../outside.md', '.', 'folder/', '{digest}/../../x.md'])(
    'when the pattern is %j',
    async (pattern) => {
      await deliverTo(pattern)
      expect(readdirSync(root).filter((name) => name !== 'editions')).toEqual([])
    },
  )

  test('when a symbolic link leads out of it', async () => {
    const outside = join(root, 'outside')
    mkdirSync(outside)
    mkdirSync(folder)
    symlinkSync(outside, join(folder, 'out'))
    expect((await deliverTo('out/latest.md')).kind).toBe('permanent')
    expect(existsSync(join(outside, 'latest.md'))).toBe(false)
  })

  test('whatever the pattern and the digest are', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('..', '/', '\\', '{digest}', '{date}', '\u0000', '~'))
    const pattern = fc.array(part).map((parts) => parts.join(''))
    fc.assert(
      fc.property(pattern, fc.string(), (text, digestId) => {
        const path = filePath('/srv/editions', text, messageFor({ kind: 'email', to: [] }, { digestId }))
        return path === undefined || isInside('/srv/editions', path)
      }),
    )
  })
})

test('a folder that cannot be written is reported by verify', async () => {
  const [good] = await createDeliverer({ file: { folder } }).verify()
  expect(good).toEqual({ kind: 'file', ok: true, detail: `${folder} is writable` })
  const [bad] = await createDeliverer({ file: { folder: '/dev/null/editions' } }).verify()
  expect(bad?.ok).toBe(false)
})

test('standard output gets the body in the format of its channel', async () => {
  const written: string[] = []
  const deliverer = createDeliverer({ stdout: (text) => written.push(text) })
  await deliverer.deliver(messageFor({ kind: 'stdout', format: 'text' }))
  await deliverer.close()
  expect(written).toEqual(['Morning desk – صباح\n'])
})
