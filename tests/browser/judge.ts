// npm run judge [-- VECTORS.json]: what Chromium makes of sanitised HTML and of editions. B26, B29, D12, D15, D16, and one page on paper.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EditionLanguage } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { sanitise } from '../../src/text/sanitise.ts'
import { article, material, outlet } from '../pipeline/edition-material.ts'
import { goldenMaterial } from '../pipeline/golden-material.ts'
import { findChromium, runChromium } from './chromium.ts'
import { executivePages } from './executive-pages.ts'
import { PROBE, servePages } from './probe.ts'

const noBrowser = 3
const [vectorsPath = new URL('../fixtures/html/sanitiser-vectors.json', import.meta.url).pathname] =
  process.argv.slice(2)
const vectors = JSON.parse(readFileSync(vectorsPath, 'utf8')) as readonly { html: string }[] // the file's own shape

const document = (body: string): string => `<!doctype html><meta charset="utf-8">${PROBE}<body>${body}`
const judged = (html: string): string => html.replace('<head>', `<head>${PROBE}`)

/** Every vector at every place of an edition where a publisher's text may stand. */
function hostileEdition(): string {
  const articles = vectors.map(({ html }, index) =>
    article(index + 1, {
      title: html.slice(0, 250) || 'x',
      summary: `water ${html.slice(0, 300)}`,
      topics: { water: 'water' },
      url: index % 2 === 0 ? 'https://daily.example/1' : 'javascript:alert(1)',
      language: '"><script>alert(1)</script>',
      outlet: outlet(`Outlet ${html.slice(0, 60)}`, { sourceId: `s${index}`, family: `f${index % 4}` }),
    }),
  )
  const made = material(articles)
  return renderHtml(composeEdition({ ...made, digest: { ...made.digest, storiesPerSection: 200 } }))
}

const edition = (language: EditionLanguage): string => renderHtml(composeEdition(goldenMaterial(language)))

/** Measures each page in frames of both widths: nothing may stick out sideways. */
const widths = document(`<script>
addEventListener('load', () => {
  const wide = [...document.querySelectorAll('iframe')].filter(
    ({ contentDocument, width }) => contentDocument.documentElement.scrollWidth > Number(width))
  document.documentElement.dataset.wide = wide.map(({ src, width }) => src + ' at ' + width).join(', ')
})
</script>${(['en', 'ar', 'fa'] as const).flatMap((language) => [320, 360, 700].map((width) => `<iframe src="/${language}" width="${width}" height="900"></iframe>`)).join('')}`)

const pages = {
  // Not the raw vectors: some of them keep a browser busy for good.
  '/control': document('<img src="/x" onerror="alert(1)"><svg onload="alert(1)"></svg>'),
  '/sanitised': document(vectors.map(({ html }) => `<div>${sanitise(html)}</div>`).join('\n')),
  '/hostile': judged(hostileEdition()),
  '/en': edition('en'),
  '/ar': edition('ar'),
  '/fa': edition('fa'),
  ...executivePages,
  '/widths': widths,
}

type Verdict = { readonly name: string; readonly ok: boolean; readonly seen: string }

/** What ran and what was asked for while one page was open. */
async function open(chromium: string, site: Awaited<ReturnType<typeof servePages>>, path: string) {
  site.strange.length = 0
  const dom = await runChromium(chromium, ['--dump-dom', `${site.origin}${path}`])
  const attribute = (name: string): string =>
    new RegExp(`^<html[^>]* data-${name}="([^"]*)"`, 'm').exec(dom)?.[1] ?? ''
  return { fired: Number(attribute('fired')), requests: [...site.strange], wide: attribute('wide'), dom }
}

async function pagesOnPaper(chromium: string, address: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-paper-'))
  try {
    const file = join(folder, 'edition.pdf')
    await runChromium(chromium, ['--no-pdf-header-footer', `--print-to-pdf=${file}`, address])
    return Number(/\/Count (\d+)/.exec(readFileSync(file, 'latin1'))?.[1] ?? 0)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function judge(chromium: string): Promise<readonly Verdict[]> {
  const site = await servePages(pages)
  try {
    const verdicts: Verdict[] = []
    const control = await open(chromium, site, '/control')
    const bites = control.fired > 0 && control.requests.length > 0
    const told = ({ fired, requests }: { fired: number; requests: readonly string[] }) =>
      `${fired} scripts, ${requests.length} requests ${requests.slice(0, 3).join(' ')}`
    verdicts.push({
      name: 'a page that is not sanitised fires, so this judge bites',
      ok: bites,
      seen: told(control),
    })
    for (const [path, name] of [
      ['/sanitised', 'B26 of the sanitised vectors none fires'],
      ['/hostile', 'B26 B29 B31 nor in an edition made of them'],
      ['/en', 'D16 an edition fetches nothing'],
    ] as const) {
      const seen = await open(chromium, site, path)
      verdicts.push({ name, ok: seen.fired === 0 && seen.requests.length === 0, seen: told(seen) })
    }
    const { dom, wide } = await open(chromium, site, '/widths')
    const isMeasured = /^<html[^>]* data-wide="/m.test(dom)
    const name = 'D11 editions in three languages are no wider than 320, 360 and 700 px'
    verdicts.push({ name, ok: isMeasured && wide === '', seen: wide })
    for (const path of Object.keys(executivePages)) {
      const count = await pagesOnPaper(chromium, `${site.origin}${path}`)
      verdicts.push({ name: `${path} is one page of paper`, ok: count === 1, seen: `${count} pages` })
    }
    return verdicts
  } finally {
    site.close()
  }
}

const chromium = findChromium()
if (chromium === undefined) {
  process.stderr.write(
    'judge: no Chromium is installed (Debian: apt-get install -y chromium), or name one in CHROMIUM\n',
  )
  process.exit(noBrowser)
}
const verdicts = await judge(chromium)
for (const { name, ok, seen } of verdicts)
  process.stdout.write(`${ok ? 'holds ' : 'BROKEN'} ${name}${ok ? '' : `: ${seen}`}\n`)
process.exitCode = verdicts.every(({ ok }) => ok) ? 0 : 1
