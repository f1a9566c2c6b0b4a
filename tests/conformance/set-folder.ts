// Where a case set lies: under the folder that was named, or that folder itself.
import { basename, join, resolve } from 'node:path'

/** `set` is the folder's name, such as `feeds`; `dir` is what `run.ts` was given. The folder need not exist. */
export function setFolder(dir: string, set: string): string {
  return basename(resolve(dir)) === set ? resolve(dir) : join(dir, set)
}
