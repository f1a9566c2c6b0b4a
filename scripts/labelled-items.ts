// Reads the labelled sets that the models are trained and scored on: one JSON object a line.
import { readFileSync } from 'node:fs'
import type { EchoDocument } from '../src/pipeline/echo-document.ts'
import { LEAD_UNITS } from '../src/text/fingerprint.ts'

/** An item of a set; `cluster` null means that nothing is known of it. */
export type LabelledItem = {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly url: string
  readonly published: string
  readonly lang: string
  readonly source: string
  readonly cluster: string | null
}

/** The items of a file in the order they were published. */
export function readItems(file: string): readonly LabelledItem[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const items = lines.map((line) => JSON.parse(line) as LabelledItem) // the format of the sets' README
  return items.toSorted((a, b) => Date.parse(a.published) - Date.parse(b.published))
}

/** The item as feeds carry it: its title and the first lines of its text. */
export function documentOf(item: LabelledItem, articleId: number, units = LEAD_UNITS): EchoDocument {
  const { source, title, url } = item
  return {
    articleId,
    sourceId: source,
    family: source,
    title,
    url,
    text: item.text.slice(0, units),
    at: Date.parse(item.published),
  }
}
