import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What Node has loaded of its own after `code`, beside what it began with. */
function loadedBy(code: string): readonly string[] {
  const script = `
    const before = new Set(process.moduleLoadList)
    ${code}
    console.log(JSON.stringify(process.moduleLoadList.filter((name) => !before.has(name))))
  `
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  return JSON.parse(out)
}

test('what a round hashes and waits with is there before an option of V8 is changed', () => {
  const load = "const { loadBuiltins } = await import('./src/app/load-builtins.ts'); loadBuiltins()"
  const use =
    "process.getBuiltinModule('node:crypto').hash('sha256', 'a'); await import('node:timers/promises')"
  const after = 'before.clear(); process.moduleLoadList.forEach((name) => before.add(name))'
  expect(loadedBy(`${load}; ${after}; ${use}`)).toEqual([])
  expect(loadedBy(use)).toContain('NativeModule crypto')
})
