// Costs beside the size of what they were measured on, with the ratio to the smallest size: 1.0 is what does not grow at all.
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** A name, and every value that was measured on the size with that index. */
export type GrowthLine = readonly [name: string, measured: (index: number) => readonly number[]]

function shown(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0)
}

/** Prints medians; a line begins with what was measured, and its ratios are those of the medians to the first. */
export function growthTable(title: string, sizes: readonly number[], lines: readonly GrowthLine[]): void {
  const names = sizes.map((size) => size.toLocaleString('en'))
  process.stdout.write(`\n| ${[title, ...names].join(' | ')} |\n|${'---|'.repeat(sizes.length + 1)}\n`)
  for (const [name, measured] of lines) {
    const medians = sizes.map((_, index) => median(measured(index)))
    const cells = medians.map((value, index) =>
      index === 0 ? shown(value) : `${shown(value)} (${(value / (medians[0] ?? 1)).toFixed(2)})`,
    )
    process.stdout.write(`| ${[name, ...cells].join(' | ')} |\n`)
  }
}
