// The dateline of a wire report: where it was filed, when, and by whom. It says nothing of what happened.

const HEAD_UNITS = 100
const dateline = /^[^\n.!?؟()]{0,50}\([^()\n]{2,40}\)\s*(?:--|[-–—:])\s/

/** How many UTF-16 units at the head of a text are a dateline such as `BAGHDAD, Jan 23 (Reuters) - `; 0 when it has none. */
export function datelineLength(text: string): number {
  return dateline.exec(text.slice(0, HEAD_UNITS))?.[0].length ?? 0
}
