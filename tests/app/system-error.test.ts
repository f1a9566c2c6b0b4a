import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explainSystemError } from '../../src/app/system-error.ts'

const folder = mkdtempSync(join(tmpdir(), 'presslark-system-'))

function failing(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('what the system refuses is told in plain words, with the path and the remedy', () => {
  const missing = join(folder, 'feeds.opml')
  expect(explainSystemError(failing(() => readFileSync(missing)))).toEqual({
    message: `there is no file or folder ${missing}`,
    hint: 'check the path; a new file needs a folder that exists',
  })
  const taken = join(folder, 'taken')
  writeFileSync(taken, '')
  expect(explainSystemError(failing(() => mkdirSync(taken)))).toEqual({
    message: `there is already ${taken}`,
    hint: 'choose another name, or move it away',
  })
  expect(explainSystemError(failing(() => writeFileSync(join(taken, 'x'), '')))?.message).toContain(
    `a part of this path is a file: ${join(taken, 'x')}`,
  )
})

test('a refusal without a path keeps the words of the system', () => {
  const refused = failing(() => readFileSync(folder))
  expect(explainSystemError(refused)).toEqual({
    message: 'EISDIR: illegal operation on a directory, read',
    hint: 'name a file in it',
  })
})

test('any other error is not the doing of the system', () => {
  expect(explainSystemError(new Error('no'))).toBeUndefined()
  expect(explainSystemError(Object.assign(new Error('no'), { code: 'ERR_ASSERTION' }))).toBeUndefined()
})
