// The labelled reports of tests/fixtures/echo/across-languages.txt: one line a report, with the event it tells of.
import { readFileSync } from 'node:fs'
import type { Topic } from '../../src/model/topic.ts'

export type LabelledReport = {
  readonly event: string
  readonly language: string
  readonly at: number // hours since the first
  readonly title: string
  readonly text: string
}

const read = (name: string) => readFileSync(new URL(`../fixtures/echo/${name}`, import.meta.url), 'utf8')

export const watchlist = JSON.parse(read('across-languages-topics.json')) as readonly Topic[] // our own file

/** In the order of the file, which is not that of time. */
export const labelledReports: readonly LabelledReport[] = read('across-languages.txt')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [event = '', language = '', hour = '', title = '', text = ''] = line.split('|')
    return { event, language, at: Number(hour), title, text }
  })
