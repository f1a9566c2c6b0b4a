// A digest as digests.yaml has it, made into the digest the program works with. Pictures are read here, once.
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Alert } from '../model/alert.ts'
import type { Channel, Digest } from '../model/digest.ts'
import type { Look } from '../model/look.ts'
import type { Parsed } from './config-schema.ts'

export type RawDigest = Parsed<'digests'>['digests'][number]
type RawChannel = RawDigest['channels'][number]

const LOGO_BYTES_MAX = 60_000 // every mail carries it
const SIGNATURES = [
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['jpeg', /^\xff\xd8\xff/],
  ['gif', /^GIF8[79]a/],
] as const

/** Everything in plain data. Call only for a digest without mistakes: a logo that cannot be read throws. */
export function toDigest(raw: RawDigest, folder: string): Digest {
  const { minimumGrade, channels, missed, lateAtMost, intro, footer, logo, colours, template, ...rest } = raw
  const look = lookOf(raw, folder)
  return {
    ...rest,
    channels: channels.map(toChannel),
    ...(minimumGrade !== undefined && { minimumGrade }),
    ...(missed !== undefined && { missed }),
    ...(lateAtMost !== undefined && { lateAtMostMs: lateAtMost }),
    ...(intro !== undefined && { intro }),
    ...(footer !== undefined && { footer }),
    ...(look && { look }),
    ...(template !== undefined && { template: resolve(folder, template) }),
  }
}

/** An alert in plain data. */
export function toAlert(raw: Parsed<'digests'>['alerts'][number]): Alert {
  const { minimumGrade, quietHours, channels, maximumAge, cooldown, ...rest } = raw
  return {
    ...rest,
    channels: channels.map(toChannel),
    maxAgeMs: maximumAge,
    cooldownMs: cooldown,
    ...(minimumGrade !== undefined && { minimumGrade }),
    ...(quietHours !== undefined && { quietHours }),
  }
}

function toChannel(raw: RawChannel): Channel {
  if ('file' in raw) return { kind: 'file', path: raw.file, format: raw.format }
  if ('email' in raw) return { kind: 'email', to: raw.email }
  if ('webhook' in raw) return { kind: 'webhook', url: raw.webhook }
  if ('stdout' in raw) return { kind: 'stdout', format: raw.stdout }
  const network = raw.allowPrivate === undefined ? {} : { allowPrivate: raw.allowPrivate }
  if ('slack' in raw) return { kind: 'slack', url: raw.slack, ...network }
  if ('mattermost' in raw) return { kind: 'mattermost', url: raw.mattermost, ...network }
  if ('telegram' in raw) {
    const { telegram: chat, token, server } = raw
    return { kind: 'telegram', chat, token, server: server.replace(/\/+$/, ''), ...network }
  }
  const { ntfy: url, token } = raw
  return { kind: 'ntfy', url, ...(token !== undefined && { token }), ...network }
}

function lookOf({ logo, colours = {} }: RawDigest, folder: string): Look | undefined {
  const own = Object.fromEntries(Object.entries(colours).filter(([, colour]) => colour !== undefined))
  if (logo === undefined && Object.keys(own).length === 0) return undefined
  const picture = logo && readLogo(resolve(folder, logo.file))
  if (typeof picture === 'string') throw new Error(picture)
  return {
    ...(Object.keys(own).length > 0 && { colours: own }),
    ...(logo && picture && { logo: { dataUri: picture.dataUri, description: logo.description } }),
  }
}

/** The picture as a data address, or what is wrong with it. SVG is refused: it can hold scripts, and mail programs do not show it. */
function readLogo(path: string): { readonly dataUri: string } | string {
  const bytes = readFileSync(path)
  if (bytes.length > LOGO_BYTES_MAX)
    return `the logo has ${bytes.length} bytes; every mail carries it, so ${LOGO_BYTES_MAX} is the most`
  const head = bytes.subarray(0, 16).toString('latin1')
  const type = SIGNATURES.find(([, signature]) => signature.test(head))?.[0]
  if (type === undefined) return 'the logo is no PNG, JPEG or GIF'
  return { dataUri: `data:image/${type};base64,${bytes.toString('base64')}` }
}

/** What is wrong with a file that a digest names: it is missing, lies outside the configuration folder, or is no picture. */
export function digestFileProblem(
  kind: 'logo' | 'template',
  name: string,
  folder: string,
): string | undefined {
  const path = resolve(folder, name)
  const way = relative(folder, path)
  if (way.startsWith('..') || isAbsolute(way)) return `the ${kind} lies outside the configuration folder`
  if (!existsSync(path)) return `there is no ${kind} ${join(folder, name)}`
  const picture = kind === 'logo' ? readLogo(path) : undefined
  return typeof picture === 'string' ? picture : undefined
}
