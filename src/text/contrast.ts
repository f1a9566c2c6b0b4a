// How well one colour reads on another, by WCAG 2.2: 1 is invisible, 4.5 is enough for text, 21 is black on white.

type Rgb = readonly [red: number, green: number, blue: number]

/** The contrast ratio of two colours written as `#rrggbb`. Source: WCAG 2.2, relative luminance and contrast ratio. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(rgbOf(one)), luminance(rgbOf(other))].toSorted((a, b) => b - a)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

/** `text` moved towards `background` as far as it still reads there: for lines that matter less. */
export function mutedColour(text: string, background: string): string {
  const steps = [0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05]
  const share = steps.find((step) => contrast(mixed(text, background, step), background) >= 5) ?? 0
  return mixed(text, background, share)
}

function rgbOf(colour: string): Rgb {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function mixed(one: string, other: string, share: number): string {
  const to = rgbOf(other)
  const channels = rgbOf(one).map((channel, index) => channel + ((to[index] ?? 0) - channel) * share)
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}
