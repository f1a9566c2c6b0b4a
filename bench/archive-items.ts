// Reports as a large archive holds them, with the terms of the starter topics in some, and rare words of their own: the same at every run.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Item } from '../src/model/item.ts'
import { reports, termsOf } from './tag-texts.ts'

export type Listed = {
  readonly id: string
  readonly any?: readonly string[]
  readonly none?: readonly string[]
}
const yaml = readFileSync(new URL('../config/topics.yaml', import.meta.url), 'utf8')
const starter = parse(yaml) as { readonly topics: readonly Listed[] } // as the schema of topics has it
/** The starter topics that list terms. */
export const topics = starter.topics.filter(({ any }) => any !== undefined)

let state = 1
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}

// Two thousand different reports of some fifty words, one in ten with a text of four hundred more.
const short = reports(2_000, 50, termsOf(1_000))
const long = reports(200, 400, termsOf(1_000))
const names = topics.map(({ any = [] }) => any.map((term) => term.replace(/[=~"*?]/g, '')))

/** A report of its own: three rare words, and in one of three one of the terms of a topic, of the first topics far more often. */
export function itemOf(number: number): Item {
  const { title = '', body = '' } = short[Math.floor(random() * short.length)] ?? {}
  const rare = Array.from({ length: 3 }, () => `w${Math.floor(random() ** 3 * 400_000).toString(36)}`).join(
    ' ',
  )
  const terms = random() < 0.33 ? (names[Math.floor(random() ** 2 * names.length)] ?? []) : []
  const term = terms[Math.floor(random() * terms.length)] ?? ''
  return {
    guid: `g${number}`,
    title: random() < 0.3 ? `${term} ${title}` : title,
    summary: `${body} ${term} ${rare}`,
    text: number % 10 === 0 ? (long[number % long.length]?.body ?? '') : '',
    authors: [],
    categories: [],
    enclosures: [],
    flags: [],
  }
}
