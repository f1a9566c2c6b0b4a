// Plays an alert over the archive: what it would have said, and when. Stores nothing, sends nothing.
import type { Edition } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { alertStories } from '../pipeline/alert-stories.ts'
import { mayAlert } from '../pipeline/quiet-hours.ts'
import { type AlertLook, previewAlert } from './alert.ts'

export type Rehearsed = { readonly at: Instant; readonly edition: Edition }

const stepMs = 15 * 60_000

/**
 * Looks every quarter of an hour from `since` to `until`, as a running service would at every tick; cooldown and quiet hours
 * hold. Copies and stories are those known today, so an issue may count an outlet that came a little later.
 */
export function rehearseAlert(
  { store, desk, alert }: Pick<AlertLook, 'store' | 'desk' | 'alert'>,
  since: Instant,
  until: Instant,
): readonly Rehearsed[] {
  const issued: Rehearsed[] = []
  const told = new Map<number, NonNullable<AlertLook['told']>[number]>()
  let position = { afterArticleId: store.material.lastIdAt(since), lookedAt: since }
  for (let at = since + stepMs; at <= until; at += stepMs) {
    if (!mayAlert(alert, issued.at(-1)?.at, at)) continue
    const upTo = store.material.lastIdAt(at)
    if (upTo === position.afterArticleId) continue
    const edition = previewAlert({ store, desk, alert, told: [...told.values()] }, position, at)
    position = { afterArticleId: upTo, lookedAt: at }
    if (edition === undefined) continue
    issued.push({ at, edition })
    for (const { storyId, outlets } of alertStories(edition))
      told.set(storyId, { storyId, outlets, languages: [] })
  }
  return issued
}
