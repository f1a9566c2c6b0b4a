// presslark explain: why an article matches what it matches, why it does not match the rest, and where it came from.
import type { Dossier, Store } from '../../store/index.ts'
import { urlKey } from '../../text/url.ts'
import { openArchive } from '../archive.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { explainArticle } from '../explanation.ts'
import { explanationText } from '../explanation-text.ts'
import { rulesInForce } from '../rules-in-force.ts'
import { printJson } from '../terminal.ts'

type ExplainOptions = { readonly config?: string; readonly json?: boolean }

/** The dossier of an article by id or address. Throws CommandError when there is none. */
function findDossier(store: Store, wanted: string): Dossier {
  const articleId = /^\d+$/.test(wanted) ? Number(wanted) : store.dossiers.findByUrl(wanted, urlKey(wanted))
  const dossier = articleId === undefined ? undefined : store.dossiers.read(articleId)
  if (dossier !== undefined) return dossier
  throw new CommandError(
    `there is no article ${wanted}`,
    'give its address, or its id as `presslark search --json` prints it',
    exitCodes.usage,
  )
}

/** The address that was asked for, when the article itself lives at another: then it is that of a copy. */
function copyAddress({ article, appearances }: Dossier, wanted: string): string | undefined {
  const copy = appearances.find(({ url, because }) => url === wanted && because !== 'first')
  return copy !== undefined && article.url !== wanted ? wanted : undefined
}

/** Prints the explanation of one article. */
export async function explain(options: ExplainOptions, [wanted = '']: readonly string[]): Promise<undefined> {
  const { store, config } = await openArchive(options.config)
  try {
    const dossier = findDossier(store, wanted)
    const explained = explainArticle(dossier, rulesInForce(store, config.topics))
    const copy = copyAddress(dossier, wanted)
    if (options.json) {
      const { article, facts, appearances, changes, story, related, otherLanguages, storyChanges } = dossier
      printJson({
        ...article,
        ...facts,
        copy: copy ?? null,
        ...explained,
        appearances,
        changes,
        story,
        related,
        otherLanguages,
        storyChanges,
      })
    } else process.stdout.write(explanationText(dossier, explained, copy))
  } finally {
    store.close()
  }
  return undefined
}
