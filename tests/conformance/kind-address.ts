// May this address, or this URL, be fetched? Scored over ssrf-ips.json and ssrf-urls.json. Names are really looked up.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressKind } from '../../src/fetch/address.ts'
import { failureOf } from '../../src/fetch/failure.ts'
import { type GuardSettings, guardedLookup, hostAllowed } from '../../src/fetch/guard.ts'
import { targetOf } from '../../src/fetch/target.ts'
import type { Kind, Score } from './kind.ts'

type Input = { readonly ip?: string; readonly url?: string }
type Verdict = { readonly allowed: boolean; readonly reason: string }

const settings: GuardSettings = { allowPrivate: false, connectTimeoutMs: 1_000 }

async function verdictOf({ ip, url }: Input): Promise<Verdict> {
  if (ip !== undefined) {
    const kind = addressKind(ip)
    return { allowed: kind === 'public', reason: kind }
  }
  const target = targetOf(url ?? '')
  if (target === undefined) return { allowed: false, reason: 'not an http or https URL' }
  const { hostname } = new URL(target.origin)
  if (!hostAllowed(hostname, settings)) return { allowed: false, reason: 'address not allowed' }
  try {
    if (!hostname.startsWith('[')) await guardedLookup(hostname, settings)
    return { allowed: true, reason: 'public' }
  } catch (error) {
    return { allowed: false, reason: failureOf(error, false).detail }
  }
}

async function scoreOf(
  set: string,
  cases: readonly (Input & { readonly allowed: boolean })[],
): Promise<Score> {
  const verdicts = await Promise.all(cases.map(verdictOf))
  const wrong = cases.filter((one, index) => verdicts[index]?.allowed !== one.allowed)
  return {
    set,
    passed: cases.length - wrong.length,
    of: cases.length,
    failing: wrong.map(({ ip, url }) => ip ?? url ?? ''),
  }
}

function filesNamed(dir: string, name: string): readonly string[] {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith(name)).map((file) => join(dir, file))
}

async function score(dir: string): Promise<readonly Score[]> {
  const addresses = filesNamed(dir, 'ssrf-ips.json').map((file) => {
    const cases: { ip: string; blocked: boolean }[] = JSON.parse(readFileSync(file, 'utf8'))
    return scoreOf(
      'address: ssrf-ips',
      cases.map(({ ip, blocked }) => ({ ip, allowed: !blocked })),
    )
  })
  // Every URL of that set must be refused; its PORT stands for wherever the listener is.
  const urls = filesNamed(dir, 'ssrf-urls.json').map((file) => {
    const { urls: cases }: { urls: { url: string }[] } = JSON.parse(readFileSync(file, 'utf8'))
    return scoreOf(
      'address: ssrf-urls',
      cases.map(({ url }) => ({ url: url.replace('PORT', '8080'), allowed: false })),
    )
  })
  return Promise.all([...addresses, ...urls])
}

export const kind: Kind = { start: () => (input) => verdictOf(input as Input), score } // the shape of OUTPUTS.md
