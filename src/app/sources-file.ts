// Adds sources to sources.yaml without touching a comment or a line that is there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { writeWhole } from './write-whole.ts'

export type NewSource = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly country?: string | undefined
  readonly language?: string | undefined
  readonly kind?: string | undefined
  readonly grade?: string | undefined
  readonly family?: string | undefined
  readonly allowPrivate?: boolean | undefined
}

function toEntry({ url, allowPrivate, ...rest }: NewSource): Record<string, unknown> {
  const place = allowPrivate ? { feeds: [{ url, allowPrivate }] } : { url }
  return Object.fromEntries(Object.entries({ ...rest, ...place }).filter(([, value]) => value !== undefined))
}

/** Appends to the list in FOLDER/sources.yaml; the file is written whole or not at all. */
export function appendSources(folder: string, sources: readonly NewSource[]): void {
  const path = join(folder, 'sources.yaml')
  const document = parseDocument(readFileSync(path, 'utf8'))
  for (const source of sources) {
    const node = document.createNode(toEntry(source), { flow: true })
    document.addIn(['sources'], node)
  }
  writeWhole(path, document.toString({ lineWidth: 0, flowCollectionPadding: false }), 0o644)
}
