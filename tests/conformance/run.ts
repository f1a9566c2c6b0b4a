// npm run conformance -- DIR: runs every kind over the sets found under DIR and prints a line a set.
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Kind } from './kind.ts'

const dir = resolve(process.argv[2] ?? '../shared/data')
if (!existsSync(dir)) {
  process.stderr.write(`conformance: ${dir} does not exist; name the folder that holds the case sets\n`)
  process.exit(2)
}
const modules = readdirSync(import.meta.dirname).filter((file) => /^kind-[a-z]+\.ts$/.test(file))
let sets = 0
for (const file of modules.toSorted()) {
  const { kind } = (await import(`./${file}`)) as { kind: Kind } // by the convention in kind.ts
  for (const score of await kind.score(dir)) {
    sets++
    const failing = score.failing.length > 0 ? `  failing: ${score.failing.join(' ')}` : ''
    process.stdout.write(`${score.set}: ${score.figures ?? `${score.passed} of ${score.of}`}${failing}\n`)
  }
}
if (sets === 0) {
  process.stderr.write(`conformance: no case set was found in ${dir}\n`)
  process.exitCode = 2
}
