// The commands, their options and their help. Each command's code is loaded only when it runs.
import { Command, Option } from 'commander'
import { askedHelp } from './asked-help.ts'
import { example, formats, json } from './command-options.ts'
import { exitCodes, reportError } from './exit.ts'
import { print } from './print.ts'
import { addQueue } from './queue-commands.ts'
import { running } from './running.ts'
import { searchDefaults } from './search-line.ts'
import { addRecluster, addStories } from './story-commands.ts'
import { addAlerts, addDeliveries, addEditions } from './telling-commands.ts'
import { version } from './version.ts'

function addDaily(program: Command): void {
  program
    .command('init')
    .argument('[dir]', 'folder to write config/ into', '.')
    .description('write a commented starter configuration')
    .addHelpText('after', example('presslark init my-desk'))
    .action(running(async () => (await import('./commands/init.ts')).init))
  program
    .command('run')
    .description('poll the feeds and deliver the digests on their schedule, until stopped')
    .option('--once', 'do one round and exit')
    .option('--quiet', 'with --once: say nothing while nobody has to look after anything')
    .option('--queue <address>', 'embedded or redis://host:6379, instead of the configured queue')
    .option('--replay <dir>', 'play every poll of a recording, offline; needs --clock')
    .option('--clock <time>', 'the time of a replay (ISO 8601)')
    .addHelpText('after', example('presslark run --once'))
    .action(running(async () => (await import('./commands/run.ts')).run))
  program
    .command('fetch')
    .argument('[feed...]', 'source ids or feed URLs; all when absent')
    .description('poll feeds now')
    .option('--force', 'ask without validators and revive feeds that are gone')
    .option('--backfill', 'follow the links of the named feeds to their older pages')
    .option('--pages <n>', 'older pages to follow with --backfill; 20 when absent')
    .option('--record <dir>', 'write every request and answer to a folder, for run --replay')
    .addOption(json)
    .addHelpText('after', example('presslark fetch shafaq-en'))
    .action(running(async () => (await import('./commands/fetch.ts')).fetchNow))
  program
    .command('digest')
    .argument('[name]', 'id of the digest; the first when absent')
    .description('compose an edition now')
    .option('--as-of <time>', 'end of the window (ISO 8601); now when absent')
    .option('--dry-run', 'store nothing, mark nothing as seen')
    .option('--preview', 'write the HTML to a file and open it; stores nothing')
    .addOption(formats)
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', example('presslark digest morning --dry-run --format html --out preview.html'))
    .action(running(async () => (await import('./commands/digest.ts')).digest))
  program
    .command('feed')
    .argument('<name>', 'id of a topic or of a digest')
    .description('print the stories of a topic, or the editions of a digest, as a feed')
    .addOption(
      new Option('--format <format>', 'which kind of feed').choices(['atom', 'json']).default('atom'),
    )
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText('after', example('presslark feed sadr --format atom --out sadr.atom'))
    .action(running(async () => (await import('./commands/feed.ts')).printFeed))
}

function addSearch(program: Command): void {
  program
    .command('search')
    .argument('<query...>', 'words or a boolean query; see docs/topics.md')
    .description('search the archive')
    .option('--since <time>', 'only articles first seen since then: a date or a span such as 7d')
    .option('--limit <n>', 'how many', searchDefaults.limit)
    .option(
      '--order <order>',
      'newest, or best: rare words, and words in titles, count more',
      searchDefaults.order,
    )
    .addOption(json)
    .addHelpText('after', example('presslark search \'"Tahrir Square" AND lang:en\' --since 7d'))
    .action(running(async () => (await import('./commands/search.ts')).search, { usesStream: false }))
}

function addSources(program: Command): void {
  const sources = program.command('sources').description('whom we listen to')
  sources
    .command('list')
    .description('sources and feeds with their state')
    .addOption(json)
    .addHelpText('after', example('presslark sources list'))
    .action(running(async () => (await import('./commands/sources-list.ts')).listSources))
  sources
    .command('add')
    .argument('<url>', 'a feed or a page that has one')
    .description('find feeds at an address and add one to sources.yaml')
    .option('--id <id>', 'id of the source')
    .option('--name <name>', 'name of the source')
    .option('--first', 'take the first feed found')
    .option('--allow-private', 'the feed lives on a private address')
    .addHelpText('after', example('presslark sources add https://example.org --id example'))
    .action(running(async () => (await import('./commands/sources-add.ts')).addSource))
  sources
    .command('check')
    .argument('[feed...]', 'source ids; all when absent')
    .description('ask every feed once and show what it is, storing nothing')
    .addOption(json)
    .addHelpText('after', example('presslark sources check'))
    .action(running(async () => (await import('./commands/sources-check.ts')).checkSources))
  sources
    .command('import')
    .argument('<file>', 'an OPML file')
    .description('add the feeds of an OPML file to sources.yaml')
    .addHelpText('after', example('presslark sources import subscriptions.opml'))
    .action(running(async () => (await import('./commands/sources-opml.ts')).importSources))
  sources
    .command('export')
    .description('print the sources as OPML')
    .option('--out <file>', 'write to a file')
    .addHelpText('after', example('presslark sources export --out subscriptions.opml'))
    .action(running(async () => (await import('./commands/sources-opml.ts')).exportSources))
}

function addTopics(program: Command): void {
  const topics = program.command('topics').description('what we listen for')
  topics
    .command('list')
    .description('topics with their rule version and recent hits')
    .addOption(json)
    .addHelpText('after', example('presslark topics list'))
    .action(running(async () => (await import('./commands/topics-list.ts')).listTopics))
  topics
    .command('test')
    .argument('[topic]', 'id of the topic; all when absent')
    .description('try topics on a text or on the archive')
    .option('--text <text>', 'the text to try')
    .option('--since <time>', 'try on articles first seen since then', '30d')
    .addOption(json)
    .addHelpText('after', example('presslark topics test sadr --text "Moqtada al-Sadr called for a march"'))
    .action(running(async () => (await import('./commands/topics-test.ts')).testTopics))
  topics
    .command('diff')
    .argument('[topic]', 'id of the topic; all when absent')
    .description('what the rules in topics.yaml would change, before they are in force')
    .option('--since <time>', 'compare on articles first seen since then', '30d')
    .addOption(json)
    .addHelpText('after', example('presslark topics diff sadr --since 90d'))
    .action(running(async () => (await import('./commands/topics-diff.ts')).diffTopics))
  topics
    .command('retag')
    .argument('[topic]', 'id of the topic; all when absent')
    .description('tag the archive again with the rules in force')
    .option('--since <time>', 'only articles first seen since then')
    .addOption(json)
    .addHelpText('after', example('presslark topics retag sadr'))
    .action(running(async () => (await import('./commands/topics-retag.ts')).retagTopics))
  topics
    .command('suggest')
    .argument('<name...>', 'a name, in any script')
    .description('how the archive spells a name, ready to paste')
    .option('--since <time>', 'look at articles first seen since then', '365d')
    .addOption(json)
    .addHelpText('after', example('presslark topics suggest "Qassem Soleimani"'))
    .action(running(async () => (await import('./commands/topics-suggest.ts')).suggestSpellings))
}

function addCare(program: Command): void {
  program
    .command('explain')
    .argument('<article>', 'id or address of an article, or the address of a copy')
    .description('why an article matches its topics and no others, and where it was seen')
    .addOption(json)
    .addHelpText('after', example('presslark explain https://outlet.example/2026/harvest'))
    .action(running(async () => (await import('./commands/explain.ts')).explain))
  program
    .command('stats')
    .description('what the archive holds')
    .option('--since <time>', 'days to list', '14d')
    .addOption(json)
    .addHelpText('after', example('presslark stats --json'))
    .action(running(async () => (await import('./commands/stats.ts')).stats))
  program
    .command('doctor')
    .description('check configuration, database, network, mail and clock')
    .addOption(json)
    .addHelpText('after', example('presslark doctor'))
    .action(running(async () => (await import('./commands/doctor.ts')).doctor))
  program
    .command('backup')
    .argument('<file>', 'where the copy goes')
    .description('copy the database while everything runs')
    .addHelpText('after', example('presslark backup /backups/presslark.db'))
    .action(running(async () => (await import('./commands/backup.ts')).backup))
  program
    .command('worker')
    .argument('<name>', 'scheduler, fetch, ingest or digest')
    .description('run one of the processes over Redis')
    .addHelpText('after', example('presslark worker fetch'))
    .action(running(async () => (await import('./commands/worker.ts')).worker))
  program
    .command('demo')
    .description('replay recorded feeds over loopback and print the briefing')
    .option('--out <dir>', 'where to write', 'demo-output')
    .addHelpText('after', example('presslark demo'))
    .action(running(async () => (await import('./commands/demo.ts')).demo))
}

type Part = { readonly names: readonly string[]; readonly add: (program: Command) => void }

/** The command line in the order of its help, with the words that each part begins with. */
const parts: readonly Part[] = [
  { names: ['init', 'run', 'fetch', 'digest', 'feed'], add: addDaily },
  { names: ['search'], add: addSearch },
  { names: ['sources'], add: addSources },
  { names: ['topics'], add: addTopics },
  { names: ['alerts'], add: addAlerts },
  { names: ['stories'], add: addStories },
  { names: ['recluster'], add: addRecluster },
  { names: ['editions'], add: addEditions },
  { names: ['deliveries', 'recipients'], add: addDeliveries },
  { names: ['explain', 'stats', 'doctor', 'backup', 'worker', 'demo'], add: addCare },
  { names: ['queue'], add: addQueue },
]

/**
 * Builds the command line, or only the part that `first` belongs to when it is the name of a command: some fifty commands take a
 * search longer to declare than its query takes to answer. Tests compare the whole with docs/cli.md.
 */
export function createProgram(first?: string): Command {
  const program = new Command('presslark')
  program
    .description(
      "A press-cuttings desk: what the world's press says about your subject, by eight in the morning.",
    )
    .version(version())
    .option('--config <dir>', 'folder of the configuration (default: PRESSLARK_CONFIG or ./config)')
    .configureOutput({ writeOut: print })
    .configureHelp({ minWidthToWrap: 20 }) // also beside the long names, in a narrow terminal
    .helpCommand('help [command...]', 'say what a command does')
    .exitOverride()
  const named = parts.filter(({ names }) => names.some((name) => name === first))
  for (const { add } of named.length === 0 ? parts : named) add(program)
  nameHelp(program, 'presslark')
  return program
}

/** After a wrong option or argument each command names its own help. */
function nameHelp(command: Command, name: string): void {
  command.showHelpAfterError(`(try ${name} --help)`)
  for (const inner of command.commands) nameHelp(inner, `${name} ${inner.name()}`)
}

/** Parses and runs one command line. */
export async function main(argv: readonly string[]): Promise<void> {
  const words = argv.slice(2)
  try {
    const program = createProgram(words[0])
    await program.parseAsync([...askedHelp(program, words)], { from: 'user' })
  } catch (error) {
    const isHelp = error instanceof Error && 'exitCode' in error
    process.exitCode = isHelp ? (error.exitCode === 0 ? exitCodes.ok : exitCodes.usage) : reportError(error)
  }
}
