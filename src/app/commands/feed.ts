// presslark feed: the stories of a topic, or the editions of a digest, as Atom or JSON Feed.
import { feedOfDigest, feedOfTopic } from '../../jobs/index.ts'
import type { OutgoingFeed } from '../../pipeline/outgoing-feed.ts'
import { renderAtom } from '../../pipeline/render-atom.ts'
import { renderJsonFeed } from '../../pipeline/render-json-feed.ts'
import { openArchive } from '../archive.ts'
import { deskOf } from '../desk.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { suggestion } from '../nearest-word.ts'
import { writeWhole } from '../write-whole.ts'

type FeedOptions = { readonly config?: string; readonly format: 'atom' | 'json'; readonly out?: string }

/** A topic comes before a digest of the same id. */
function findFeed({ store, config }: Awaited<ReturnType<typeof openArchive>>, name: string): OutgoingFeed {
  const topic = feedOfTopic(store, deskOf(config), name, Date.now())
  if (topic !== undefined) return topic
  const digest = config.digests.find(({ id }) => id === name)
  if (digest !== undefined) return feedOfDigest(store, digest)
  const ids = [...config.topics, ...config.digests].map(({ id }) => id)
  throw new CommandError(`there is no topic and no digest "${name}"`, suggestion(name, ids), exitCodes.usage)
}

/** Prints one feed, or writes it whole to a file. */
export async function printFeed(
  { config, format, out }: FeedOptions,
  [name = '']: readonly string[],
): Promise<undefined> {
  const archive = await openArchive(config)
  try {
    const feed = findFeed(archive, name)
    const text = format === 'atom' ? renderAtom(feed) : renderJsonFeed(feed)
    if (out === undefined) process.stdout.write(text)
    else {
      writeWhole(out, text)
      process.stderr.write(`Wrote ${feed.entries.length} entries to ${out}\n`)
    }
  } finally {
    archive.store.close()
  }
  return undefined
}
