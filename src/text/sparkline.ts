// A row of counts as a line of eight heights.
const HEIGHTS = [...'▁▂▃▄▅▆▇█']

/** One character a count, from the lowest bar for nothing to the full one for the greatest count; '' for no counts. */
export function sparkline(counts: readonly number[]): string {
  const greatest = Math.max(1, ...counts)
  const height = (count: number) => HEIGHTS[Math.round((Math.max(0, count) / greatest) * 7)] ?? ''
  return counts.map(height).join('')
}
