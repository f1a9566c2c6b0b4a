// presslark init: a commented starter configuration, never over files that are there already.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandError } from '../exit.ts'
import { packageFolder } from '../version.ts'

const files = ['presslark.yaml', 'sources.yaml', 'topics.yaml', 'digests.yaml']

/** Copies the starter set and the editors' schemas into DIR/config. */
export async function init(_options: unknown, [dir = '.']: readonly string[]): Promise<undefined> {
  const from = join(packageFolder(), 'config')
  const target = resolve(dir, 'config')
  const present = files.find((file) => existsSync(join(target, file)))
  if (present !== undefined) {
    throw new CommandError(
      `${join(dir, 'config', present)} is there already`,
      'name another folder: presslark init DIR',
    )
  }
  mkdirSync(join(target, 'schema'), { recursive: true })
  for (const file of files) copyFileSync(join(from, file), join(target, file))
  for (const file of readdirSync(join(from, 'schema')))
    copyFileSync(join(from, 'schema', file), join(target, 'schema', file))
  const config = join(dir, 'config')
  const typed = /^[\w./-]+$/.test(config) ? config : `'${config.replaceAll("'", "'\\''")}'`
  process.stdout.write(`Wrote ${files.map((file) => join(config, file)).join(', ')}.
Next:
  1. Look through sources.yaml (whom you listen to) and topics.yaml (what you listen for).
  2. presslark --config ${typed} doctor
  3. presslark --config ${typed} run --once
`)
  return undefined
}
