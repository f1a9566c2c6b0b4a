// presslark stories show: what a story knows of itself.
import { type StoryProfile, storyProfile } from '../../pipeline/story-profile.ts'
import { wiresOf } from '../../pipeline/voices.ts'
import type { Store } from '../../store/index.ts'
import { displayLine } from '../../text/display-line.ts'
import { openArchive } from '../archive.ts'
import { changeLine } from '../change-line.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { parseIds } from '../ids.ts'
import { languageLinkLines } from '../language-link-lines.ts'
import { numberOf } from '../number-of.ts'
import { storyReason } from '../story-reason.ts'
import { printable, printJson, shortTime } from '../terminal.ts'

type ShowOptions = { readonly config?: string; readonly json?: boolean }

function headLines(profile: StoryProfile): readonly string[] {
  const { lead, articles, appearances, outlets, independent, languages, firstSeenAt, lastSeenAt } = profile
  const counts = [
    `${numberOf(articles.length, 'article')} in ${numberOf(appearances.length, 'place')}`,
    numberOf(outlets, 'outlet'),
    `${independent} independent`,
    languages.join(', ') || 'language unknown',
  ]
  return [
    `Story ${profile.storyId}: ${displayLine(lead.title)}`,
    `  lead: article ${lead.articleId}, ${lead.outlet.name}, grade ${lead.outlet.grade}`,
    `  ${counts.join('; ')}`,
    `  first seen ${shortTime(firstSeenAt)} at ${appearances[0]?.outlet.name ?? lead.outlet.name}; last ${shortTime(lastSeenAt)}`,
  ]
}

/** Why each article of the story is in it, and the change that holds it there. */
function placesOf(store: Store, storyId: number) {
  const held = store.storyChanges.held()
  return store.storyChanges.members(storyId).map(({ articleId, fromBecause }) => {
    const heldBy = held.get(articleId)?.changeId
    return { articleId, because: fromBecause, ...(heldBy === undefined ? {} : { heldBy }) }
  })
}

function articleLines({ articles }: StoryProfile, places: ReturnType<typeof placesOf>): readonly string[] {
  const known = new Map(places.map((place) => [place.articleId, place]))
  return articles.flatMap(({ articleId, firstSeenAt, outlet, title }) => {
    const { because = '', heldBy } = known.get(articleId) ?? {}
    const hold = heldBy === undefined ? '' : ` [held by change ${heldBy}]`
    return [
      `  ${articleId}  ${shortTime(firstSeenAt)}  ${outlet.name}: ${displayLine(title)}`,
      `      ${storyReason(because)}${hold}`,
    ]
  })
}

const part = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', heading, ...lines]

function storyText(store: Store, storyId: number, profile: StoryProfile | undefined): string {
  const changes = store.storyChanges.ofStory(storyId).map((change) => `  ${changeLine(change)}`)
  const related = store.stories.related(storyId).map((other) => `  story ${other}`)
  const lines =
    profile === undefined
      ? [`Story ${storyId} has no articles any more`]
      : [
          ...headLines(profile),
          ...part('Articles', articleLines(profile, placesOf(store, storyId))),
          ...part(
            'Headlines changed',
            profile.headlines.map(
              ({ seenAt, outlet, oldTitle, newTitle }) =>
                `  ${shortTime(seenAt)}  ${outlet.name}: "${displayLine(oldTitle)}" → "${displayLine(newTitle)}"`,
            ),
          ),
        ]
  const linked = languageLinkLines(store.languageLinks.ofStory(storyId))
  const others = [
    ...part('May belong together with', related),
    ...part('Probably the same event in other languages', linked),
  ]
  return `${[...lines, ...others, ...part('Changes', changes)].map(printable).join('\n')}\n`
}

/** Prints one story. An emptied one says where its articles went. */
export async function showStory(options: ShowOptions, ids: readonly string[]): Promise<undefined> {
  const [storyId = 0] = parseIds(ids, 'a story')
  const { store, config } = await openArchive(options.config)
  try {
    if (!store.stories.exists(storyId))
      throw new CommandError(
        `there is no story ${storyId}`,
        '`presslark explain` names the story of an article',
        exitCodes.usage,
      )
    const profile = storyProfile(store.stories.articles(storyId), wiresOf(config.sources))
    if (options.json)
      printJson({
        storyId,
        ...profile,
        places: placesOf(store, storyId),
        related: store.stories.related(storyId),
        otherLanguages: store.languageLinks.ofStory(storyId),
        changes: store.storyChanges.ofStory(storyId),
      })
    else process.stdout.write(storyText(store, storyId, profile))
  } finally {
    store.close()
  }
  return undefined
}
