// presslark recluster: copies and stories of the last days computed anew, with the rules of today.
import { type Reclustered, type ReclusterWork, recluster, reclusterFrom } from '../../jobs/index.ts'
import { openArchive } from '../archive.ts'
import { deskOf } from '../desk.ts'
import { CommandError } from '../exit.ts'
import { numberOf } from '../number-of.ts'
import { startProgress } from '../progress.ts'
import { parseTime } from '../span.ts'
import { printJson } from '../terminal.ts'
import { userName } from '../user-name.ts'

type ReclusterOptions = { readonly config?: string; readonly since: string; readonly json?: boolean }

async function reclusterWithProgress(work: ReclusterWork): Promise<Reclustered> {
  const total = work.store.articles.countFrom(reclusterFrom(work))
  const progress = startProgress('computing stories', total)
  const done = await recluster(
    work,
    (articles) => progress.step('articles', articles),
    () => {
      progress.step('articles', -total)
      process.stderr.write('Somebody changed stories meanwhile; computing them once more.\n')
    },
  )
  progress.end()
  if (done !== undefined) return done
  throw new CommandError(
    'stories were changed again and again while they were computed',
    'nothing was written; run the same command again when nobody changes stories by hand',
  )
}

function summary({ articles, held, moved, begun, changeId }: Reclustered): string {
  const looked = `${numberOf(articles, 'article')} placed anew, ${held} left where they are held`
  if (changeId === undefined) return `${looked}: nothing moved.\n`
  return `${looked}: ${moved} moved, ${begun} stories begun. To take it back: presslark stories undo ${changeId}\n`
}

/** Computes the stories since a time anew. Safe beside a running service, and safe to break off: all is written at the end, or nothing. */
export async function reclusterArchive(options: ReclusterOptions): Promise<undefined> {
  const now = Date.now()
  const since = parseTime(options.since, now)
  const { store, config } = await openArchive(options.config)
  try {
    const done = await reclusterWithProgress({ store, desk: deskOf(config), since, now, who: userName() })
    if (options.json) printJson(done)
    else process.stdout.write(summary(done))
  } finally {
    store.close()
  }
  return undefined
}
