// `language`: a title (and summary, and what the feed declares) in, its language out.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectLanguage, loadLanguageDetector } from '../../src/text/language.ts'
import type { Kind } from './kind.ts'
import { setFolder } from './set-folder.ts'

type Input = { readonly title: string; readonly summary?: string; readonly feedLanguage?: string }
type Titles = { readonly titles: readonly { readonly title: string; readonly lang: string }[] }

const detector = await loadLanguageDetector()

function languageOf({ title, summary = '', feedLanguage }: Input): string {
  return detectLanguage(`${title}\n${summary}`, detector, feedLanguage)
}

export const kind: Kind = {
  start: () => (input) => ({ lang: languageOf(input as Input) }), // a line as OUTPUTS.md describes it
  score: (dir) => {
    const file = join(setFolder(dir, 'checks'), 'language-titles.json')
    if (!existsSync(file)) return Promise.resolve([])
    const { titles } = JSON.parse(readFileSync(file, 'utf8')) as Titles // the shape of that file
    const wrong = titles.filter((one) => languageOf(one) !== one.lang)
    const failing = wrong.map((one) => `${one.lang}: ${one.title} (${languageOf(one)})`)
    return Promise.resolve([
      { set: 'checks/language-titles', passed: titles.length - failing.length, of: titles.length, failing },
    ])
  },
}
