// Where something stands in a YAML file.
import type { Document, LineCounter } from 'yaml'

export type Path = readonly (string | number)[]
export type LinePlace = { readonly line?: number; readonly column?: number }

/** Finds the line and column of values, keys and offsets; both count from 1, columns in UTF-16 units. */
export type Places = {
  readonly ofValue: (path: Path) => LinePlace
  readonly ofKey: (path: Path, key: string) => LinePlace
  readonly ofOffset: (offset: number) => LinePlace
}

/** `sources[3].feeds[0].url` */
export function printPath(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')
}

function startOf(node: unknown): number | undefined {
  const range = node !== null && typeof node === 'object' && 'range' in node ? node.range : undefined
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined
}

/** The places of one parsed file. */
export function placesIn(document: Document, lines: LineCounter): Places {
  const ofOffset = (offset: number): LinePlace => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const nodeAt = (path: Path): unknown => (path.length === 0 ? document.contents : document.getIn(path, true))
  // What is missing has no place of its own: the nearest thing around it that has one is where to look.
  const ofValue = (path: Path): LinePlace => {
    const start = startOf(nodeAt(path))
    if (start !== undefined) return ofOffset(start)
    return path.length === 0 ? {} : ofValue(path.slice(0, -1))
  }
  const ofKey = (path: Path, key: string): LinePlace => {
    const map = nodeAt(path)
    const items = map !== null && typeof map === 'object' && 'items' in map ? map.items : []
    const pair = Array.isArray(items) ? items.find((item) => item?.key?.value === key) : undefined
    const start = startOf(pair?.key)
    return start === undefined ? ofValue(path) : ofOffset(start)
  }
  return { ofValue, ofKey, ofOffset }
}
