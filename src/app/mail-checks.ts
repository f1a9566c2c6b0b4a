// What is wrong with the mail section of presslark.yaml although it fits its schema.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isMailAddress } from '../text/mail-address.ts'
import type { ConfigMistake } from './config-error.ts'
import type { Parsed } from './config-schema.ts'
import { senderAddress } from './sender-address.ts'
import type { YamlFile } from './yaml-file.ts'

type PresslarkFile = YamlFile<Parsed<'presslark'>>

/** Addresses, the DKIM key and its domain. */
export function mailMistakes(file: PresslarkFile, folder: string): readonly ConfigMistake[] {
  return [...addressMistakes(file), ...dkimMistakes(file, folder)]
}

function addressMistakes(file: PresslarkFile): readonly ConfigMistake[] {
  const { mail } = file.value
  if (mail === undefined) return []
  const given = { from: senderAddress(mail.from), replyTo: mail.replyTo, bounces: mail.bounces }
  return Object.entries(given).flatMap(([key, address]) =>
    address === undefined || isMailAddress(address)
      ? []
      : [file.mistake(['mail', key], `${JSON.stringify(address)} is not a mail address`)],
  )
}

/** Receivers ask that the signing domain is the sender's, or one above it (DMARC, relaxed alignment). */
function dkimMistakes(file: PresslarkFile, folder: string): readonly ConfigMistake[] {
  const { mail } = file.value
  if (mail?.dkim === undefined) return []
  const { domain, keyFile } = mail.dkim
  const sender = senderAddress(mail.from).split('@')[1]?.toLowerCase() ?? ''
  const isAligned = sender === domain.toLowerCase() || sender.endsWith(`.${domain.toLowerCase()}`)
  const path = resolve(dirname(folder), keyFile)
  return [
    ...(isAligned
      ? []
      : [
          file.mistake(
            ['mail', 'dkim', 'domain'],
            `${domain} is not the domain of from (${sender}), nor above it`,
          ),
        ]),
    ...(existsSync(path) ? [] : [file.mistake(['mail', 'dkim', 'keyFile'], `there is no file ${path}`)]),
  ]
}
