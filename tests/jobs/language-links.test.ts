// Stories linked across languages: stored with their reason, never merged, shown only where the desk asks for it.
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { explanationText } from '../../src/app/explanation-text.ts'
import { issueEdition, mergeStories } from '../../src/jobs/index.ts'
import type { Digest } from '../../src/model/digest.ts'
import { labelledReports, watchlist } from '../pipeline/reports-across-languages.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'
import { digest } from './morning-digest.ts'

const hourMs = 3_600_000
const start = Date.parse('2026-11-16T00:00:00Z')
const linking = { topics: watchlist, linksLanguages: true }
/** The fire in the refinery in three languages, and what else those hours brought. */
const reports = labelledReports.filter(({ at }) => at < 24).toSorted((a, b) => a.at - b.at)
const feedOf: Readonly<Record<string, number>> = { en: 1, ar: 2, fa: 3 }

async function ingest(desk: TestDesk, some: typeof reports): Promise<void> {
  for (const { event, language, at, title, text } of some) {
    const url = `https://outlet.example/${event}-${language}`
    const told = item(`${event}-${language}`, title, { summary: text, text, url, language })
    await desk.ingest(feedOf[language] ?? 1, fetched(start + at * hourMs, [told]))
  }
}

/** Headlines of linked articles, in alphabetical order. */
function linksIn({ path }: TestDesk): unknown {
  const db = new Database(path, { readonly: true })
  const rows = db
    .prepare(`select min(a.title, o.title) as one, max(a.title, o.title) as other from language_link l
      join article a on a.id = l.article_id join article o on o.id = l.other_id order by 1, 2`)
    .all()
  db.close()
  return rows
}

const until = start + 24 * hourMs

function editionOf({ store, desk }: TestDesk, more: Partial<Digest> = {}): string {
  const deps = { store, desk: () => desk, now: () => until, mailDomain: 'desk.example' }
  return issueEdition(deps, { ...digest, ...more }, until).bodies.md
}

describe('stories in different languages', () => {
  it('are linked with a reason that `explain` tells, and stay stories of their own', async () => {
    const desk = openDesk(undefined, linking)
    await ingest(desk, reports)
    const dossier = desk.store.dossiers.read(1)
    expect(dossier?.otherLanguages.map(({ language }) => language)).toEqual(['ar', 'fa'])
    const text = dossier && explanationText(dossier, { matched: [], unmatched: [] }, undefined)
    expect(text).toContain('Probably the same event in other languages\n  story ')
    expect(text).toContain(
      '      both are about disasters, energy, iraq; both tell 4, 17, 210000 (score 4.4)\n',
    )
    expect(desk.store.languageLinks.ofStory(1)).toEqual(dossier?.otherLanguages)
  })

  it('are named in an edition, one report a language', async () => {
    const desk = openDesk(undefined, linking)
    await ingest(desk, reports)
    const lines = editionOf(desk).split('\n')
    const linked = lines.filter((line) => line.includes('Probably also in Arabic: '))
    expect(linked.some((line) => line.includes('مقتل أربعة عمال وإصابة 17 في حريق بمصفاة الشعيبة'))).toBe(
      true,
    )
    expect(lines.filter((line) => line.includes('Probably also in Persian: ')).length).toBeGreaterThan(0)
    expect(editionOf(desk, { id: 'graded', minimumGrade: 'A' })).not.toContain('Probably also in')
  })

  it('are not looked for where the desk does not ask for it', async () => {
    const desk = openDesk(undefined, { topics: watchlist })
    await ingest(desk, reports)
    expect(linksIn(desk)).toEqual([])
    expect(editionOf(desk)).not.toContain('Probably also in')
  })

  it('that somebody merged are linked no more', async () => {
    const desk = openDesk(undefined, linking)
    await ingest(desk, reports)
    const others = new Set(desk.store.languageLinks.ofStory(1).map(({ otherStoryId }) => otherStoryId))
    const by = { store: desk.store, now: until, who: 'anna', reason: '' }
    expect(mergeStories(by, [1, ...others])).toMatchObject({ ok: true })
    expect(desk.store.languageLinks.ofStory(1)).toEqual([])
    const linked = editionOf(desk)
      .split('\n')
      .filter((line) => line.includes('Probably also in'))
    expect(linked.filter((line) => line.includes('الشعيبة'))).toEqual([])
  })

  it('are the same after a restart in between, a repeated outcome and a failed transaction', async () => {
    const whole = openDesk(undefined, linking)
    await ingest(whole, reports)
    const before = openDesk(undefined, linking)
    await ingest(before, reports.slice(0, 9))
    const db = new Database(before.path)
    db.exec("create trigger full before insert on language_link begin select raise(abort, 'disk full'); end")
    await expect(ingest(before, reports.slice(9))).rejects.toThrow('disk full')
    db.exec('drop trigger full')
    db.close()
    before.store.close()
    const after = openDesk(before.path, linking)
    await ingest(after, reports.slice(5))
    expect(linksIn(after)).toEqual(linksIn(whole))
    expect(linksIn(whole)).not.toEqual([])
  })
})
