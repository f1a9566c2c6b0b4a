// How this process signs the service lock.
import { hostname } from 'node:os'

export function processName(): string {
  return `${hostname()}:${process.pid}`
}
