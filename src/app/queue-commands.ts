// The commands about the queue, their options and their help.
import { type Command, Option } from 'commander'
import { example, json } from './command-options.ts'
import { running } from './running.ts'

const all = new Option('--all', 'everything that failed')

/** Adds `queue` and what belongs to it; `presslark queue` alone lists. */
export function addQueue(program: Command): void {
  const queue = program.command('queue').description('what waits, runs and failed')
  queue
    .command('list', { isDefault: true })
    .description('how much waits, runs and failed, and why')
    .addOption(json)
    .addHelpText('after', example('presslark queue list'))
    .action(running(async () => (await import('./commands/queue-list.ts')).listQueue))
  queue
    .command('retry')
    .argument('[id...]', 'ids as queue list shows them')
    .description('do failed jobs and deliveries once more')
    .addOption(all)
    .addHelpText('after', example('presslark queue retry deliver-12'))
    .action(running(async () => (await import('./commands/queue-change.ts')).retryJobs))
  queue
    .command('drop')
    .argument('[id...]', 'ids as queue list shows them')
    .description('forget failed jobs, give up deliveries')
    .addOption(all)
    .addHelpText('after', example('presslark queue drop ingest-7-1800000000000'))
    .action(running(async () => (await import('./commands/queue-change.ts')).dropJobs))
}
