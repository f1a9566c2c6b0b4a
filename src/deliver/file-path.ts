// Where a file channel writes: its pattern filled in, and never outside its folder.
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { DeliveryMessage } from './message.ts'

/** The absolute path for a pattern with {date} {digest} {number}, or undefined when it would leave `folder` or names no file. */
export function filePath(folder: string, pattern: string, message: DeliveryMessage): string | undefined {
  const { day, digestId, number } = message
  const values: Readonly<Record<string, string>> = {
    date: fileNamePart(day),
    digest: fileNamePart(digestId),
    number: String(number),
  }
  const filled = pattern.replace(/\{(date|digest|number)\}/g, (_, name: string) => values[name] ?? '')
  if (/[\u0000-\u001f\u007f]/.test(filled) || /[/\\]$/.test(filled)) return undefined
  const path = resolve(folder, filled)
  return isInside(folder, path) ? path : undefined
}

/** True for a path below the folder, not for the folder itself. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** Letters, digits and a few marks of any script; nothing that a file system or a shell reads as more than a name. */
function fileNamePart(text: string): string {
  const safe = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
  return [...safe].slice(0, 60).join('') || 'digest'
}
