// Before the tests: the program is built once as users get it, since a test that starts `src/app/cli.ts` waits twice as long.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export function setup(): () => void {
  const folder = mkdtempSync(join(root, 'node_modules/.presslark-')) // in the clone: it finds its packages and its version there
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--into', folder], { stdio: 'inherit' })
  process.env['PRESSLARK_BUILT'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
