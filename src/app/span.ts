// Times as people type them on the command line.
import { CommandError, exitCodes } from './exit.ts'

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** `7d`, `12h`, `2020-01-24` or `2020-01-24T05:00:00Z` as an instant; spans count back from `now`. */
export function parseTime(text: string, now: number): number {
  const span = /^(\d+)([mhdw])$/.exec(text)
  if (span) return now - Number(span[1]) * (unitMs[span[2] ?? 'd'] ?? 0)
  const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (Number.isNaN(iso))
    throw new CommandError(
      `"${text}" is not a time`,
      'write a span such as 7d or 12h, or a time such as 2020-01-24T05:00:00Z',
      exitCodes.usage,
    )
  return iso
}
