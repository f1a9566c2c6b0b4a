import { expect, it } from 'vitest'
import { ended, start } from './command-line.ts'

it('ends quietly when nobody reads its output any more, as before a `head`', async () => {
  const child = start(['--help'], process.cwd())
  child.stdout?.destroy()
  expect(await ended(child)).toMatchObject({ code: 0, stderr: '' })
})
