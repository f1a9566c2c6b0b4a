// The commands about what is told: alerts, editions, deliveries, recipients; their options and their help.
import type { Command } from 'commander'
import { example, formats, json } from './command-options.ts'
import { running } from './running.ts'

/** Adds `alerts` and what belongs to it. */
export function addAlerts(program: Command): void {
  const alerts = program.command('alerts').description('what cannot wait until the next edition')
  alerts
    .command('list')
    .description('alerts with their last issue and whether they may speak now')
    .addOption(json)
    .addHelpText('after', example('presslark alerts list'))
    .action(running(async () => (await import('./commands/alerts-list.ts')).listAlerts))
  alerts
    .command('test')
    .argument('[alert]', 'id of the alert; all when absent')
    .description('what the alerts would have said, sending nothing')
    .option('--since <time>', 'play through the archive since then', '7d')
    .addOption(json)
    .addHelpText('after', example('presslark alerts test sadr-flash --since 14d'))
    .action(running(async () => (await import('./commands/alerts-test.ts')).testAlerts))
}

/** Adds `editions` and what belongs to it. */
export function addEditions(program: Command): void {
  const editions = program.command('editions').description('what was issued')
  editions
    .command('list')
    .argument('[digest]', 'id of the digest; all when absent')
    .description('editions that were issued, newest first')
    .option('--limit <n>', 'how many', '20')
    .addOption(json)
    .addHelpText('after', example('presslark editions list morning'))
    .action(running(async () => (await import('./commands/editions-list.ts')).listEditions))
  editions
    .command('show')
    .argument('<edition>', 'digest and number, such as morning/12')
    .description('print an edition as it was issued')
    .addOption(formats)
    .addHelpText('after', example('presslark editions show morning/12 --format text'))
    .action(running(async () => (await import('./commands/editions-show.ts')).showEdition))
  editions
    .command('diff')
    .argument('<a>', 'the earlier edition, such as morning/11')
    .argument('<b>', 'the later one')
    .description('what changed from one edition to another')
    .addOption(json)
    .addHelpText('after', example('presslark editions diff morning/11 morning/12'))
    .action(running(async () => (await import('./commands/editions-diff.ts')).diffEditions))
}

/** Adds `deliveries` and `recipients` and what belongs to it. */
export function addDeliveries(program: Command): void {
  const deliveries = program.command('deliveries').description('what was sent, to whom, and how that ended')
  deliveries
    .command('list')
    .argument('[digest]', 'id of the digest; all when absent')
    .description('deliveries with their state, newest first')
    .option('--open', 'only those that are not sent')
    .option('--limit <n>', 'how many', '50')
    .addOption(json)
    .addHelpText('after', example('presslark deliveries list --open'))
    .action(running(async () => (await import('./commands/deliveries-list.ts')).listDeliveries))
  deliveries
    .command('retry')
    .argument('<id...>', 'ids of deliveries that failed, from deliveries list')
    .description('try deliveries again at the next round')
    .addHelpText('after', example('presslark deliveries retry 17 18'))
    .action(running(async () => (await import('./commands/deliveries-retry.ts')).retryDeliveries))
  const recipients = program.command('recipients').description('who gets digests by mail')
  recipients
    .command('list')
    .description('mail recipients, and who has unsubscribed')
    .addOption(json)
    .addHelpText('after', example('presslark recipients list'))
    .action(running(async () => (await import('./commands/recipients-list.ts')).listRecipients))
  recipients
    .command('restore')
    .argument('<digest>', 'id of the digest')
    .argument('<address>', 'who wants it again')
    .description('send a digest again to somebody who had unsubscribed')
    .addHelpText('after', example('presslark recipients restore morning ana@example.org'))
    .action(running(async () => (await import('./commands/recipients-restore.ts')).restoreRecipient))
}
