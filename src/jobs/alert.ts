// Alerts: looks at what is new on an alert's topics and, when it is worth disturbing somebody, issues it like an edition.
import type { Alert } from '../model/alert.ts'
import type { Digest, Edition, SpikingTopic, TopicHeading, Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { composeImmediate, composeSpike } from '../pipeline/compose-alert.ts'
import { editionSubject } from '../pipeline/edition-subject.ts'
import { mayAlert } from '../pipeline/quiet-hours.ts'
import { spikeOver } from '../pipeline/spike.ts'
import type { AlertPosition, Store } from '../store/index.ts'
import { type Desk, headingsOf } from './desk.ts'
import { type DigestDeps, deliveriesOf, type Issue } from './digest.ts'
import { type EarlierStories, type Gathering, gatherMaterial } from './gather.ts'
import { withManifest } from './manifest.ts'
import { renderEdition } from './render-edition.ts'

/** `told`: stories told already, instead of those that the store remembers; for rehearsals. */
export type AlertLook = {
  readonly store: Store
  readonly desk: Desk
  readonly alert: Alert
  readonly told?: EarlierStories
}

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs

/** An alert in the clothes of a digest, so that it is composed, rendered and delivered as editions are. */
function asDigest(alert: Alert): Digest {
  const { id, name, timeZone, language, channels, minimumGrade, storiesPerSection } = alert
  const grade = minimumGrade === undefined ? {} : { minimumGrade }
  const dress = { watchlist: '', schedule: '', whenEmpty: 'skip' } as const
  return { id, name, timeZone, language, channels, storiesPerSection, ...grade, ...dress }
}

function gathering({ store, desk, alert, told }: AlertLook): Gathering {
  return { store, desk, digest: asDigest(alert), told }
}

function lookForStories(
  look: AlertLook,
  { afterArticleId, lookedAt }: AlertPosition,
  until: Instant,
): Edition | undefined {
  const { store, desk, alert } = look
  const range = { after: afterArticleId, upTo: store.material.lastIdAt(until) }
  const material = gatherMaterial(
    gathering(look),
    { from: lookedAt, until },
    range,
    headingsOf(desk, alert.topics),
  )
  const backlog = store.alerts.backlogOf(material.articles.map(({ articleId }) => articleId))
  return composeImmediate({ material, backlog }, alert)
}

/** The same hours of the last four weeks, on sources that were heard before the first of them. */
function spikingTopic(
  { store, alert }: AlertLook,
  topic: TopicHeading,
  window: Window,
): readonly SpikingTopic[] {
  const heardBefore = window.from - 4 * weekMs
  const countIn = (weeksAgo: number): number =>
    store.alerts.countOf(
      topic.topicId,
      { from: window.from - weeksAgo * weekMs, until: window.until - weeksAgo * weekMs },
      heardBefore,
    )
  const count = countIn(0)
  if (count < alert.spike.minimum) return [] // most looks end here, before the past is counted
  const usual = spikeOver({ count, before: [4, 3, 2, 1].map(countIn) }, alert.spike)
  return usual === undefined ? [] : [{ topic, count, usual }]
}

function lookForSpikes(look: AlertLook, until: Instant): Edition | undefined {
  const { store, desk, alert } = look
  const window = { from: until - alert.spike.hours * hourMs, until }
  const topics = headingsOf(desk, alert.topics).flatMap((topic) => spikingTopic(look, topic, window))
  if (topics.length === 0) return undefined
  const range = { after: store.material.lastIdAt(window.from), upTo: store.material.lastIdAt(until) }
  const headings = topics.map(({ topic }) => topic)
  const notice = { kind: 'spike', hours: alert.spike.hours, topics } as const
  return composeSpike(gatherMaterial(gathering(look), window, range, headings), notice)
}

/** What the alert would say at `until`, having looked up to `position`; undefined when it would keep silent. Stores nothing. */
export function previewAlert(look: AlertLook, position: AlertPosition, until: Instant): Edition | undefined {
  return look.alert.when === 'spike' ? lookForSpikes(look, until) : lookForStories(look, position, until)
}

/** Looks, issues when there is something to tell, and remembers how far it looked: all of it or nothing, so nothing is told twice. */
export function issueAlert(
  { store, desk, now, mailDomain }: DigestDeps,
  alert: Alert,
  until: Instant,
): Issue | undefined {
  return store.transaction(() => {
    const position = store.alerts.position(alert.id)
    if (position === undefined || position.lookedAt >= until) return undefined // a repeated job: done already
    const composed = mayAlert(alert, position.lastAlertAt, until)
      ? previewAlert({ store, desk: desk(), alert }, position, until)
      : undefined
    const upTo = store.material.lastIdAt(until)
    store.alerts.advance(alert.id, { upTo, at: until, told: composed !== undefined })
    if (composed === undefined) return undefined
    const edition = withManifest(composed)
    const bodies = renderEdition(edition, asDigest(alert))
    const deliveries = deliveriesOf(alert, until, mailDomain, store.unsubscribes.of(alert.id))
    const issued = { edition, bodies, deliveries, subject: editionSubject(edition) }
    const editionId = store.editions.freeze(issued, { after: position.afterArticleId, upTo }, now())
    return { editionId, edition, bodies }
  })
}
