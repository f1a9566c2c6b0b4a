// Shows an edition as readers will see it: HTML in a file, opened in the browser where there is one.
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Issue } from '../jobs/index.ts'
import { writeWhole } from './write-whole.ts'

const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', linux: 'xdg-open' }

/** Writes to `file`, else to a temporary one, prints its path, and opens it when a person sits at the terminal. */
export function showPreview({ edition, bodies }: Issue, file?: string): void {
  const path = file ?? join(tmpdir(), `presslark-preview-${edition.digestId}.html`)
  writeWhole(path, bodies.html)
  process.stdout.write(`${path}\n`)
  const opener = OPENERS[process.platform]
  if (opener === undefined || process.stdout.isTTY !== true) return
  // Without a desktop there is nothing to open it with; the path is printed all the same.
  spawn(opener, [path], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
