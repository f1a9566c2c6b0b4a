// The corrections of an edition: headlines and figures that changed, and entries that were taken out of their feeds.
import type { Correction, Edition, Withdrawal } from '../model/digest.ts'
import type { Block, EditionWords, Inline } from './outline-block.ts'
import { foreign, outletName, own, sentence } from './outline-inline.ts'
import { listBlocks } from './outline-list.ts'

export function correctionBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  const { corrections, withdrawals = [] } = edition
  if (corrections.length + withdrawals.length === 0) return []
  const items = [
    ...corrections.map((one) => [outletName(one.outlet), own(': '), ...changed(one, words)]),
    ...withdrawals.map((one) => [outletName(one.outlet), own(': '), ...withdrawn(one, words)]),
  ]
  return [
    { kind: 'heading', level: 2, content: [own(words.strings.corrections)] },
    ...listBlocks(items, edition, words),
  ]
}

function changed(
  { url, oldTitle, newTitle, figures }: Correction,
  { strings }: EditionWords,
): readonly Inline[] {
  const headline = foreign(newTitle, { url })
  if (oldTitle !== newTitle) return sentence(strings.changed, { old: foreign(oldTitle), new: headline })
  const isKnown = figures !== undefined && figures.old.length > 0 && figures.new.length > 0
  if (!isKnown) return sentence(strings.figuresChanged, { headline })
  const [before, after] = [figures.old, figures.new].map((list) => foreign(list.join(strings.comma)))
  const change = sentence(strings.changed, { old: before ?? [], new: after ?? [] })
  return sentence(strings.figuresNow, { headline, change })
}

function withdrawn({ title, url }: Withdrawal, { strings }: EditionWords): readonly Inline[] {
  return sentence(strings.withdrawn, { headline: foreign(title, { url }) })
}
