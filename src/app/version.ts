// The version of this program, as package.json says.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the package: where config/ and docs/ lie, in a clone and in an installed copy alike. */
export function packageFolder(): string {
  let folder = import.meta.dirname
  while (!isPackage(folder)) folder = dirname(folder)
  return folder
}

function isPackage(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === 'presslark'
  } catch {
    return folder === dirname(folder) // the root: give up rather than climb for ever
  }
}

export function version(): string {
  return String(JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')).version)
}
