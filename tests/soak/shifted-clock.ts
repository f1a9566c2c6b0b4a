// Loaded before a program (`node --import`): shifts its clock by the milliseconds that the file SHIFTED_CLOCK holds, also while it runs.
// So a lease of ten minutes ends when a test says so, and a process can have the wrong time.
import { readFileSync } from 'node:fs'

const file = process.env['SHIFTED_CLOCK'] ?? ''
const refreshMs = 20
const RealDate = Date
let shiftMs = 0
let readAt = Number.NEGATIVE_INFINITY

function now(): number {
  if (performance.now() - readAt > refreshMs) {
    shiftMs = Number(readFileSync(file, 'utf8'))
    readAt = performance.now()
  }
  return RealDate.now() + shiftMs
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
})
