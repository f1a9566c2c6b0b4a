// An edition as paragraphs and lists: the one order and wording that Markdown, HTML and plain text all render.
import type { Edition } from '../model/digest.ts'
import { stringsOf } from '../text/strings-of.ts'
import { dateWords } from '../text/written-date.ts'
import { alertBlocks } from './outline-alert.ts'
import { appendixBlocks, closingBlocks } from './outline-appendix.ts'
import type { Block, EditionWords, Outline } from './outline-block.ts'
import { correctionBlocks } from './outline-corrections.ts'
import { glanceBlock } from './outline-glance.ts'
import { headerBlocks, preheader } from './outline-header.ts'
import { noteBlocks } from './outline-note.ts'
import { developingBlocks, sectionBlocks, topBlocks } from './outline-sections.ts'

/** The blocks of an edition or an alert, in reading order; empty parts are left out. */
export function outline(edition: Edition): Outline {
  const { language, timeZone, window, name } = edition
  const strings = stringsOf(language)
  const words = { language, strings, dates: dateWords(language, timeZone, window.until) }
  return {
    language,
    direction: strings.direction,
    title: name,
    preheader: preheader(edition, words),
    blocks: edition.alert === undefined ? editionBlocks(edition, words) : alertBlocks(edition, words),
  }
}

function editionBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  return [
    ...headerBlocks(edition, words),
    ...noteBlocks(edition.intro),
    ...topBlocks(edition, words),
    ...glanceBlock(edition, words),
    ...sectionBlocks(edition, words),
    ...(edition.detail === 'executive' ? closingBlocks(edition, words) : backBlocks(edition, words)),
    ...noteBlocks(edition.footer),
  ]
}

function backBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  return [
    ...developingBlocks(edition, words),
    ...correctionBlocks(edition, words),
    ...appendixBlocks(edition, words),
  ]
}
