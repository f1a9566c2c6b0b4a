// presslark recipients list: who gets digests by mail.
import { openArchive } from '../archive.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'
import { mailSubscriptionsOf } from '../unsubscribe-links.ts'

/** Everybody in digests.yaml, with those who have unsubscribed. */
export async function listRecipients(options: {
  readonly config?: string
  readonly json?: boolean
}): Promise<undefined> {
  const { store, config } = await openArchive(options.config)
  const left = new Map(
    store.unsubscribes.list().map(({ digestId, recipient, at }) => [`${digestId} ${recipient}`, at]),
  )
  store.close()
  const rows = mailSubscriptionsOf([...config.digests, ...config.alerts]).map(({ order, recipient }) => ({
    digest: order.id,
    recipient,
    unsubscribedAt: left.get(`${order.id} ${recipient}`) ?? null, // null: gets it
  }))
  if (options.json) return void printJson(rows)
  if (rows.length === 0)
    return void process.stdout.write('Nobody gets mail: no digest or alert has an e-mail channel.\n')
  process.stdout.write(
    table(
      ['digest', 'recipient', 'unsubscribed'],
      rows.map(({ digest, recipient, unsubscribedAt }) => [
        digest,
        recipient,
        unsubscribedAt === null ? '' : shortTime(unsubscribedAt),
      ]),
    ),
  )
  return undefined
}
