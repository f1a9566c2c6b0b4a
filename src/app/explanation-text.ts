// What `presslark explain` says, for a terminal.
import type { EvidenceSentence } from '../pipeline/evidence-sentence.ts'
import type { Dossier } from '../store/index.ts'
import { displayLine } from '../text/display-line.ts'
import { markedPieces } from '../text/marked-pieces.ts'
import type { Explained, Matched } from './explanation.ts'
import { storyLines } from './explanation-story.ts'
import { printable, shortTime } from './terminal.ts'

const becauseMax = 100
const minuteMs = 60_000
const dayMinutes = 24 * 60

/** `+12 min`, `+3 h 05 min`, `+2 d 04 h`. */
export function delay(ms: number): string {
  const minutes = Math.round(ms / minuteMs)
  const two = (value: number) => String(value).padStart(2, '0')
  if (minutes < 60) return `+${minutes} min`
  if (minutes < dayMinutes) return `+${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
  return `+${Math.floor(minutes / dayMinutes)} d ${two(Math.floor((minutes % dayMinutes) / 60))} h`
}

function headLines({ article, facts }: Dossier): readonly string[] {
  const title = displayLine(article.title || (article.summary ?? '').slice(0, 100))
  const published =
    facts.publishedAt === undefined ? 'without a date' : `published ${shortTime(facts.publishedAt)}`
  const language = article.lang === undefined ? 'language unknown' : `language ${article.lang}`
  return [
    `Article ${article.articleId}: ${title}`,
    ...(article.url === undefined ? [] : [`  ${article.url}`]),
    `  ${facts.sourceName}, ${published}, ${language}`,
  ]
}

const ownReasons: Readonly<Record<string, string>> = {
  'unlike-any': 'nothing heard before it was the same',
  'other-text-under-known-url': 'its address was known, but from another outlet and with another text',
}

function ownReason(keptBecause = 'unlike-any'): string {
  return ownReasons[keptBecause] ?? keptBecause
}

/** What a feed did is inferred: nobody announced it. */
function withdrawal({ withdrawnAt }: Dossier['appearances'][number]): string {
  return withdrawnAt === undefined
    ? ''
    : `; withdrawn by ${shortTime(withdrawnAt)} (inferred: it left the feed while an older and a younger entry stayed)`
}

function appearanceLines({ appearances, facts }: Dossier, copy: string | undefined): readonly string[] {
  const [first, ...others] = appearances
  if (first === undefined) return []
  const kept =
    copy === undefined ? [] : [`  ${copy} is a copy of this article: a copy is kept as an appearance`]
  return [
    '',
    `Its own article: ${ownReason(facts.keptBecause)}. Where it appeared:`,
    ...kept,
    `  first at ${first.sourceName}, ${shortTime(first.seenAt)}${withdrawal(first)}`,
    ...others.map((seen) => {
      const address = seen.url === undefined ? '' : `  ${seen.url}`
      return `  then ${seen.sourceName} ${delay(seen.seenAt - first.seenAt)}: ${seen.because}${address}${withdrawal(seen)}`
    }),
  ]
}

function changeLines({ changes }: Dossier): readonly string[] {
  if (changes.length === 0) return []
  return [
    '',
    'Changed by its publisher',
    ...changes.map(({ seenAt, oldTitle, newTitle, corrected, because }) => {
      const what =
        oldTitle === newTitle
          ? 'the text'
          : `the headline was "${displayLine(oldTitle)}", now "${displayLine(newTitle)}"`
      const known = because === undefined ? '' : `, known by ${because}`
      return `  ${shortTime(seenAt)}  ${what}${corrected ? ' (a correction)' : ''}${known}`
    }),
  ]
}

function markedLine({ field, text, marks }: EvidenceSentence): string {
  const marked = markedPieces(text, marks).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
  return `    ${field}: ${marked.join('')}`
}

function matchedLines({ topicId, version, terms, sentences, stale }: Matched): readonly string[] {
  const by = terms.length === 0 ? 'by its metadata' : `by ${terms.join(', ')}`
  const warning = stale
    ? ['    the rule in force would not match it; `presslark topics retag` mends that']
    : []
  return [`  ${topicId} (rule v${version}) ${by}`, ...sentences.map(markedLine), ...warning]
}

/** Long lists of terms are cut; `--json` has all of them. */
function shortened(because: string): string {
  return because.length > becauseMax ? `${because.slice(0, because.lastIndexOf(' ', becauseMax))} …` : because
}

function topicLines({ matched, unmatched }: Explained): readonly string[] {
  const near = unmatched.filter(({ termsFound, late }) => termsFound.length > 0 || late)
  const far = unmatched.filter((topic) => !near.includes(topic))
  return [
    '',
    matched.length === 0 ? 'Matches no topic' : 'Matches',
    ...matched.flatMap(matchedLines),
    ...(near.length === 0 ? [] : ['', 'Does not match, though terms occur']),
    ...near.map(({ topicId, termsFound, because, late }) =>
      late
        ? `  ${topicId}: the rule in force would match it, but came later; \`presslark topics retag\` mends that`
        : `  ${topicId}: ${because} (it has ${termsFound.join(', ')})`,
    ),
    ...(far.length === 0 ? [] : ['', 'Does not match: none of their terms occurs']),
    ...far.map(({ topicId, because }) => `  ${topicId}: ${shortened(because)}`),
  ]
}

/** The whole explanation. `copy` is the address that was asked for, when it is that of a copy. */
export function explanationText(dossier: Dossier, explained: Explained, copy: string | undefined): string {
  const lines = [
    ...headLines(dossier),
    ...topicLines(explained),
    ...appearanceLines(dossier, copy),
    ...storyLines(dossier),
    ...changeLines(dossier),
  ]
  return `${lines.map(printable).join('\n')}\n`
}
