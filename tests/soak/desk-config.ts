// The four files of a desk that a soak lives through: outlets over loopback, one topic, one digest by mail and into a file.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type SoakDesk = {
  readonly urls: readonly string[]
  readonly mailPort: number
  readonly http: { readonly timeout: string; readonly interval: string; readonly concurrency: number }
  readonly digest: { readonly id: string; readonly name: string; readonly schedule: string }
}

/** Writes them into the folder `config` of `folder`. */
export function writeSoakDesk(folder: string, { urls, mailPort, http, digest }: SoakDesk): void {
  const channels = [{ email: ['ana@desk.example'] }, { file: '{number}.md', format: 'md' }]
  const files = {
    presslark: {
      http: { ...http, allowPrivate: true },
      mail: { host: '127.0.0.1', port: mailPort, secure: 'none', from: 'Presslark <press@desk.example>' },
    },
    sources: { sources: urls.map((url, n) => ({ id: `o${n}`, name: `Outlet ${n}`, language: 'en', url })) },
    topics: {
      watchlists: [{ id: 'all', name: 'Everything', topics: 'all' }],
      topics: [{ id: 'harvest', name: 'Harvest', any: ['harvest'] }],
    },
    digests: { digests: [{ ...digest, watchlist: 'all', channels }] },
  }
  mkdirSync(join(folder, 'config'))
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(folder, 'config', `${name}.yaml`), JSON.stringify(value)) // JSON is YAML
}
