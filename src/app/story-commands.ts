// The commands about stories, their options and their help.
import { type Command, Option } from 'commander'
import { example, json } from './command-options.ts'
import { running } from './running.ts'

const why = new Option('--reason <text>', 'why; `presslark explain` shows it')
const decider = new Option('--by <name>', 'who decides; your user name when absent')

/** Adds `stories` and what belongs to it. */
export function addStories(program: Command): void {
  const stories = program
    .command('stories')
    .description('reports of one event, and what people decided about them')
  stories
    .command('show')
    .argument('<story>', 'id of the story')
    .description('what a story knows: its lead, outlets, languages, headlines, changes')
    .addOption(json)
    .addHelpText('after', example('presslark stories show 12'))
    .action(running(async () => (await import('./commands/stories-show.ts')).showStory))
  stories
    .command('split')
    .argument('<article...>', 'ids of articles of one story')
    .description('take articles out of their story into a new one')
    .addOption(why)
    .addOption(decider)
    .addOption(json)
    .addHelpText('after', example('presslark stories split 812 815 --reason "another strike"'))
    .action(running(async () => (await import('./commands/stories-change.ts')).split))
  stories
    .command('merge')
    .argument('<story...>', 'ids of stories; the first takes in the others')
    .description('bring stories about one event together')
    .addOption(why)
    .addOption(decider)
    .addOption(json)
    .addHelpText('after', example('presslark stories merge 12 19 --reason "the same strike"'))
    .action(running(async () => (await import('./commands/stories-change.ts')).merge))
  stories
    .command('pin')
    .argument('<article...>', 'ids of articles')
    .description('hold articles in a story')
    .option('--to <story>', 'id of the story; the one they are in when absent')
    .addOption(why)
    .addOption(decider)
    .addOption(json)
    .addHelpText('after', example('presslark stories pin 812 --to 19'))
    .action(running(async () => (await import('./commands/stories-change.ts')).pin))
  stories
    .command('undo')
    .argument('<change>', 'id of the change')
    .description('take a change of stories back')
    .addOption(why)
    .addOption(decider)
    .addOption(json)
    .addHelpText('after', example('presslark stories undo 3'))
    .action(running(async () => (await import('./commands/stories-change.ts')).undo))
  stories
    .command('changes')
    .description('what was changed in stories, by whom and why')
    .option('--limit <n>', 'how many', '20')
    .addOption(json)
    .addHelpText('after', example('presslark stories changes'))
    .action(running(async () => (await import('./commands/stories-changes.ts')).listChanges))
}

/** Adds `recluster`. */
export function addRecluster(program: Command): void {
  program
    .command('recluster')
    .description('compute copies and stories anew; what people decided stands')
    .option('--since <time>', 'articles first seen since then', '7d')
    .addOption(json)
    .addHelpText('after', example('presslark recluster --since 7d'))
    .action(running(async () => (await import('./commands/recluster.ts')).reclusterArchive))
}
