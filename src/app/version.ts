// The version of this program, as package.json says.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

type Package = { readonly folder: string; readonly version: string }

/** The folder of the package: where config/ and docs/ lie, in a clone and in an installed copy alike. */
export function packageFolder(): string {
  return ownPackage().folder
}

export function version(): string {
  return ownPackage().version
}

/** The nearest package.json above that is ours; at the root it gives up rather than climb for ever. */
function ownPackage(): Package {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    const { name, version } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
    if (name === 'presslark' || folder === dirname(folder)) return { folder, version: String(version) }
  }
}
