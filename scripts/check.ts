// `npm run check`: format, lint, layers, floating promises, types, unused code. Stops at the first gate that fails.
import { spawnSync } from 'node:child_process'

const gates: readonly (readonly [string, readonly string[]])[] = [
  ['format, lint, layers and cycles', ['biome', 'check', '--error-on-warnings', '.']],
  [
    'floating promises',
    ['oxlint', '--type-aware', '--config', 'oxlint.json', 'src', 'workers', 'tests', 'bench', 'scripts'],
  ],
  ['types', ['tsc', '--noEmit']],
  ['unused code', ['knip', '--no-progress']],
]

for (const [title, [command = '', ...args]] of gates) {
  process.stdout.write(`check: ${title}\n`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    process.stderr.write(`check: ${title} failed (${command} ${args.join(' ')})\n`)
    process.exit(1)
  }
}
process.stdout.write('check: all gates passed\n')
