// How this process signs the service lock, and whether a signature is that of a process that has ended.
import { hostname } from 'node:os'

export function processName(): string {
  return `${hostname()}:${process.pid}`
}

/** True for a process of this machine that does not run any more; false when that cannot be known. */
export function hasEnded(name: string): boolean {
  const end = name.lastIndexOf(':')
  const pid = Number(name.slice(end + 1))
  if (name.slice(0, end) !== hostname() || !Number.isInteger(pid) || pid < 1) return false
  try {
    process.kill(pid, 0) // asks only
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
