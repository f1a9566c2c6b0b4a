// Writes an edition to a file, whole or not at all.
import { constants } from 'node:fs'
import { access, mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Channel } from '../model/digest.ts'
import type { DeliveryOutcome } from '../model/outcome.ts'
import { filePath, isInside } from './file-path.ts'
import type { ChannelCheck, DeliveryMessage } from './message.ts'

type FileChannel = Extract<Channel, { kind: 'file' }>

// What stays wrong until somebody changes the configuration or the disk's layout.
const LASTING = new Set(['EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'EROFS', 'ENAMETOOLONG', 'EINVAL', 'ELOOP'])

/**
 * Writes below `folder`, readable by its owner only (0600; new folders 0700). A repeated delivery writes the same file
 * again. A path that would leave the folder, by its pattern or through a symbolic link, is a permanent failure.
 */
export async function deliverFile(
  message: DeliveryMessage,
  channel: FileChannel,
  folder: string,
): Promise<DeliveryOutcome> {
  const path = filePath(folder, channel.path, message)
  if (path === undefined) {
    return { kind: 'permanent', detail: `the path ${JSON.stringify(channel.path)} leaves its folder` }
  }
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const [realFolder, realParent] = await Promise.all([realpath(folder), realpath(dirname(path))])
    if (!isInside(realFolder, join(realParent, basename(path)))) {
      return { kind: 'permanent', detail: `${path} leaves its folder through a symbolic link` }
    }
    await writeWhole(path, message.bodies[channel.format], message.idempotencyKey)
    return { kind: 'sent', detail: path }
  } catch (error) {
    return failure(error)
  }
}

/** Is the folder there, or can it be made, and may we write in it? */
export async function verifyFolder(folder: string): Promise<ChannelCheck> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    return { kind: 'file', ok: true, detail: `${folder} is writable` }
  } catch (error) {
    return { kind: 'file', ok: false, detail: failure(error).detail }
  }
}

/** A reader sees the old file or the new one. The name of the temporary file is our own, so a leftover is overwritten, not followed. */
async function writeWhole(path: string, body: string, key: string): Promise<void> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${key.replace(/[^\w-]+/g, '').slice(0, 40)}.tmp`,
  )
  await rm(temporary, { force: true })
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(body, 'utf8')
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function failure(error: unknown): DeliveryOutcome {
  if (!(error instanceof Error)) throw error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '') throw error
  return { kind: LASTING.has(code) ? 'permanent' : 'temporary', detail: error.message.slice(0, 200) }
}
