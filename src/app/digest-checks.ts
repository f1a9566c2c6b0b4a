// What is wrong with digests.yaml although it fits its schema.
import { parseCron } from '../pipeline/cron.ts'
import { styleContrasts } from '../pipeline/render-html-style.ts'
import { isMailAddress } from '../text/mail-address.ts'
import { duplicates } from './config-checks.ts'
import type { ConfigMistake } from './config-error.ts'
import type { Parsed } from './config-schema.ts'
import { digestFileProblem, type RawDigest } from './digest-config.ts'
import { suggestion } from './nearest-word.ts'
import type { YamlFile } from './yaml-file.ts'

type DigestsFile = YamlFile<Parsed<'digests'>>
/** What digests refer to elsewhere: watchlists, whether mail can be sent, and the folder of their pictures and templates. */
export type DigestSurroundings = {
  readonly watchlists: readonly string[]
  readonly hasMail: boolean
  readonly folder: string
}
type Check = (file: DigestsFile, index: number, digest: RawDigest) => readonly ConfigMistake[]

const CONTRAST_MIN = 4.5 // WCAG 2.2, level AA

/** Schedules, watchlists, recipients, files and colours of every digest. */
export function digestMistakes(
  file: DigestsFile,
  surroundings: DigestSurroundings,
): readonly ConfigMistake[] {
  const checks: readonly Check[] = [
    scheduleMistakes,
    watchlistMistakes(surroundings),
    mailMistakes(surroundings, 'digests'),
    fileMistakes(surroundings),
    colourMistakes,
  ]
  const { digests } = file.value
  const ids = digests.map(({ id }) => id)
  return [
    ...duplicates(file, 'digests', ids),
    ...digests.flatMap((digest, index) => checks.flatMap((check) => check(file, index, digest))),
  ]
}

function scheduleMistakes(file: DigestsFile, index: number, { schedule }: RawDigest) {
  const cron = parseCron(schedule)
  if (cron.ok) return []
  return [file.mistake(['digests', index, 'schedule'], cron.message, 'every day at seven is "0 7 * * *"')]
}

function watchlistMistakes({ watchlists }: DigestSurroundings): Check {
  return (file, index, { watchlist }) => {
    if (watchlists.includes(watchlist)) return []
    const hint = suggestion(watchlist, watchlists)
    return [file.mistake(['digests', index, 'watchlist'], `there is no watchlist "${watchlist}"`, hint)]
  }
}

function mailMistakes({ hasMail }: Pick<DigestSurroundings, 'hasMail'>, list: 'digests' | 'alerts') {
  return (file: DigestsFile, index: number, { channels }: Pick<RawDigest, 'channels'>) =>
    channels.flatMap((channel, at) => {
      if (!('email' in channel)) return []
      const place = [list, index, 'channels', at]
      const missing = hasMail ? [] : [file.mistake(place, 'e-mail needs the mail section of presslark.yaml')]
      const wrong = channel.email.flatMap((address, position) =>
        isMailAddress(address)
          ? []
          : [file.mistake([...place, 'email', position], `${JSON.stringify(address)} is not a mail address`)],
      )
      return [...missing, ...wrong]
    })
}

function fileMistakes({ folder }: DigestSurroundings): Check {
  return (file, index, { logo, template }) => {
    const ofLogo = logo && digestFileProblem('logo', logo.file, folder)
    const ofTemplate = template === undefined ? undefined : digestFileProblem('template', template, folder)
    return [
      ...(ofLogo === undefined ? [] : [file.mistake(['digests', index, 'logo', 'file'], ofLogo)]),
      ...(ofTemplate === undefined ? [] : [file.mistake(['digests', index, 'template'], ofTemplate)]),
    ]
  }
}

/** A pair is refused that people with weak eyes cannot read. */
function colourMistakes(file: DigestsFile, index: number, { colours }: RawDigest) {
  if (colours === undefined) return []
  const given = Object.entries(colours).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
  const weak = styleContrasts(Object.fromEntries(given)).filter(({ ratio }) => ratio < CONTRAST_MIN)
  return weak.map(({ name, ratio }) =>
    file.mistake(
      ['digests', index, 'colours'],
      `${name} is hard to read on the background: contrast ${ratio.toFixed(1)}, at least ${CONTRAST_MIN} is needed`,
      'make one of the two darker or lighter',
    ),
  )
}

/** Alerts are issued as editions are, so an alert and a digest may not share an id. */
export function alertMistakes(
  file: DigestsFile,
  { topics, hasMail }: { readonly topics: readonly string[]; readonly hasMail: boolean },
): readonly ConfigMistake[] {
  const { alerts, digests } = file.value
  const taken = new Set(digests.map(({ id }) => id))
  const shared = alerts.flatMap(({ id }, index) =>
    taken.has(id) ? [file.mistake(['alerts', index, 'id'], `the digest "${id}" has this id already`)] : [],
  )
  const unknown = alerts.flatMap((alert, index) =>
    alert.topics.flatMap((id, at) => {
      if (topics.includes(id)) return []
      return [
        file.mistake(['alerts', index, 'topics', at], `there is no topic "${id}"`, suggestion(id, topics)),
      ]
    }),
  )
  const check = mailMistakes({ hasMail }, 'alerts')
  const unmailable = alerts.flatMap((alert, index) => check(file, index, alert))
  const ids = alerts.map(({ id }) => id)
  return [...duplicates(file, 'alerts', ids), ...shared, ...unknown, ...unmailable]
}
