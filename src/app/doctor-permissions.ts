// May we write where we must, and can others read what they must not?
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from './config.ts'
import { bad, type Finding, ok } from './finding.ts'

function whyNotWritable(place: string): string | undefined {
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    accessSync(place, constants.W_OK)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return code === 'EROFS'
      ? `${place} lies on a file system that is read-only; mount it for writing, or name another folder in presslark.yaml`
      : `${place} cannot be written; give it to this user or name another folder in presslark.yaml`
  }
}

/** False for what is not there, and for what we may not even look at. */
function othersMayRead(path: string): boolean {
  try {
    return (statSync(path).mode & 0o077) !== 0
  } catch {
    return false
  }
}

const passwordInAddress = /\b[a-z]+:\/\/[^\s/@"']*:[^\s/@"']+@/
const secretHeader = /\b(?:authorization|cookie|x-api-key)["']?\s*:\s*["']?\S/i

/** Secrets belong into the environment; whoever writes one into a file all the same should hide the file. */
function holdsSecret(path: string): boolean {
  if (!existsSync(path)) return false
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
  return lines.some(
    (line) => passwordInAddress.test(line) || (secretHeader.test(line) && !line.includes('${')),
  )
}

function openSecrets({ folder, settings: { databasePath } }: Config): readonly string[] {
  const env = join(dirname(folder), '.env')
  const configs = ['presslark', 'sources'].map((name) => join(folder, `${name}.yaml`)).filter(holdsSecret)
  const found = [
    [`others may read ${databasePath}`, databasePath],
    [`others may read the secrets in ${env}`, env],
    ...configs.map((path) => [
      `others may read the password in ${path}; better move it to the environment`,
      path,
    ]),
  ] as const
  return found
    .filter(([, path = '']) => othersMayRead(path))
    .map(([what, path = '']) => `${what}; run: chmod 600 ${path}`)
}

/** Each thing that is wrong, or one finding that nothing is. */
export function checkPermissions(config: Config): readonly Finding[] {
  const { databasePath, editionsFolder } = config.settings
  const places = [dirname(databasePath), editionsFolder].flatMap((place) => whyNotWritable(place) ?? [])
  const troubles = [...places, ...openSecrets(config)]
  if (troubles.length > 0) return troubles.map((trouble) => bad('permissions', trouble))
  return [ok('permissions', 'database and editions folder can be written, and no secret lies open')]
}
