// What the documentation's pages hold, read the way CommonMark readers read them.
import MarkdownIt from 'markdown-it'
import { read } from './tree.ts'

const parser = new MarkdownIt()
type Token = ReturnType<typeof parser.parse>[number]

const tokensOf = (path: string): readonly Token[] =>
  parser.parse(read(path), {}).flatMap((token) => [token, ...(token.children ?? [])])

/** Where a page's links and images lead, as written. */
export function links(path: string): readonly string[] {
  return tokensOf(path).flatMap((token) => String(token.attrGet('href') ?? token.attrGet('src') ?? '') || [])
}

export type CodeBlock = {
  readonly label: string // what follows the language after the fence, such as a file name
  readonly text: string
  readonly line: number
}

/** The fenced code blocks of a page in one language (`yaml`, `sh`), each with the line it begins on. */
export function codeBlocks(path: string, language: string): readonly CodeBlock[] {
  return tokensOf(path)
    .filter((token) => token.type === 'fence' && token.info.trim().split(' ')[0] === language)
    .map(({ content, info, map }) => ({
      label: info.trim().slice(language.length).trim(),
      text: content,
      line: (map?.[0] ?? 0) + 1,
    }))
}

/** The anchors of a page's headings, as the usual hosts of repositories make them. */
export function anchors(path: string): ReadonlySet<string> {
  const tokens = tokensOf(path)
  return new Set(
    tokens.flatMap((token, index) =>
      token.type === 'heading_open' ? [slug(tokens[index + 1]?.content ?? '')] : [],
    ),
  )
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
