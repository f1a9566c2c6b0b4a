// presslark editions diff: what changed from one edition to another.
import {
  diffEditions as compare,
  type EditionDiff,
  type StoryDifference,
  type TopicDifference,
} from '../../pipeline/edition-diff.ts'
import { openArchive } from '../archive.ts'
import { issuedEdition } from '../issued-edition.ts'
import { printable, printJson } from '../terminal.ts'

type DiffOptions = { readonly config?: string; readonly json?: boolean }

const signed = (difference: number): string => (difference > 0 ? `+${difference}` : String(difference))

function storyLine(
  mark: string,
  { title, titleBefore, outletsBefore, outletsAfter }: StoryDifference,
): string {
  const outlets =
    outletsAfter === 0 || outletsBefore === 0
      ? `${outletsAfter + outletsBefore}`
      : `${outletsBefore} -> ${outletsAfter}`
  const renamed = titleBefore === undefined ? '' : `\n    was: ${printable(titleBefore)}`
  return `${mark} ${printable(title)} (outlets: ${outlets})${renamed}`
}

function topicLine({ topicId, articlesBefore, articlesAfter }: TopicDifference): string {
  return `  ${topicId}: ${articlesBefore} -> ${articlesAfter} articles (${signed(articlesAfter - articlesBefore)})`
}

/** Unchanged topics and stories with as many outlets and the same headline say nothing and are left out. */
function told(diff: EditionDiff): readonly string[] {
  const changed = diff.continued.filter(
    ({ outletsBefore, outletsAfter, titleBefore }) =>
      outletsBefore !== outletsAfter || titleBefore !== undefined,
  )
  const topics = diff.topics.filter(({ articlesBefore, articlesAfter }) => articlesBefore !== articlesAfter)
  const rules = diff.rulesChanged.length > 0 ? [`rules changed: ${diff.rulesChanged.join(', ')}`] : []
  return [
    `sources heard: ${diff.heardBefore} -> ${diff.heardAfter}`,
    ...topics.map(topicLine),
    ...diff.appeared.map((story) => storyLine('+', story)),
    ...changed.map((story) => storyLine('~', story)),
    ...diff.gone.map((story) => storyLine('-', story)),
    ...rules,
  ]
}

/** `+` new, `~` went on, `-` no longer told. */
export async function diffEditions(
  options: DiffOptions,
  [a = '', b = '']: readonly string[],
): Promise<undefined> {
  const { store } = await openArchive(options.config)
  try {
    const diff = compare(issuedEdition(store, a).edition, issuedEdition(store, b).edition)
    if (options.json) printJson(diff)
    else process.stdout.write(`${told(diff).join('\n')}\n`)
  } finally {
    store.close()
  }
  return undefined
}
