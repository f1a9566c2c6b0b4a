// Reads the four files and checks them, each by its schema and all together. Loaded only when no checked copy of the same bytes is kept.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Compilation, compileWatchlist } from '../pipeline/tag.ts'
import { sourceMistakes, topicMistakes } from './config-checks.ts'
import { ConfigError, type ConfigMistake } from './config-error.ts'
import { type ConfigTexts, type ConfigValues, configFileNames } from './config-kept.ts'
import { type ConfigFileName, configSchemas, type Parsed } from './config-schema.ts'
import { topicsIn } from './config-topics.ts'
import { alertMistakes, digestMistakes } from './digest-checks.ts'
import { mailMistakes } from './mail-checks.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

type ConfigFiles = { readonly [N in ConfigFileName]: YamlFile<Parsed<N>> }

/** What the files hold, the bytes it was read from, and its topics compiled. */
export type CheckedFiles = {
  readonly values: ConfigValues
  readonly texts: ConfigTexts
  readonly compilation: Compilation
}

function readFile<N extends ConfigFileName>(folder: string, name: N): YamlFile<Parsed<N>> {
  const path = join(folder, `${name}.yaml`)
  const shown = join(basename(folder), `${name}.yaml`)
  return readYamlFile(path, shown, configSchemas[name]) as YamlFile<Parsed<N>> // the schema of that name
}

function isEmpty(folder: string): boolean {
  return !configFileNames.some((name) => existsSync(join(folder, `${name}.yaml`)))
}

/** Mostly a command in the wrong folder. */
function noConfiguration(folder: string): ConfigMistake {
  const hint =
    'go to the folder that holds config/, name another with --config, or write a starter set with: presslark init'
  return { file: folder, message: 'there is no configuration here', hint }
}

/** The four files; mistakes in several of them are told together. */
function readFiles(folder: string): ConfigFiles {
  const mistakes: ConfigMistake[] = []
  const read = <N extends ConfigFileName>(name: N): YamlFile<Parsed<N>> | undefined => {
    try {
      return readFile(folder, name)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      mistakes.push(...error.mistakes)
      return undefined
    }
  }
  const [presslark, sources, topics, digests] = [
    read('presslark'),
    read('sources'),
    read('topics'),
    read('digests'),
  ]
  if (presslark && sources && topics && digests) return { presslark, sources, topics, digests }
  throw new ConfigError(isEmpty(folder) ? [noConfiguration(folder)] : mistakes)
}

/** What is wrong between the files, or with files that they name. */
function mistakesIn(files: ConfigFiles, folder: string, { problems }: Compilation): readonly ConfigMistake[] {
  const { presslark, sources, digests } = files
  const { watchlists } = files.topics.value
  const topics = topicsIn(files.topics.value)
  const hasMail = presslark.value.mail !== undefined
  return [
    ...mailMistakes(presslark, folder),
    ...sourceMistakes(sources),
    ...topicMistakes(files.topics, topics, problems),
    ...digestMistakes(digests, { watchlists: watchlists.map((list) => list.id), hasMail, folder }),
    ...alertMistakes(digests, { topics: topics.map((topic) => topic.id), hasMail }),
  ]
}

/** Reads the four files of `folder`. Throws ConfigError with every mistake found in them. */
export function checkFiles(folder: string): CheckedFiles {
  const files = readFiles(folder)
  const compilation = compileWatchlist(topicsIn(files.topics.value))
  const mistakes = mistakesIn(files, folder, compilation)
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  const { presslark, sources, topics, digests } = files
  return {
    values: {
      presslark: presslark.value,
      sources: sources.value,
      topics: topics.value,
      digests: digests.value,
    },
    texts: {
      presslark: presslark.text,
      sources: sources.text,
      topics: topics.text,
      digests: digests.text,
    },
    compilation,
  }
}
