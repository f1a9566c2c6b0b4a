// How much of a feed is read. What is cut is counted and shown.

/** Lengths are in UTF-16 units. A body is capped before it is decoded (`decodeBody`), so it is not listed here. */
export type ParseCaps = {
  readonly itemsMax: number
  readonly depthMax: number
  readonly attributesMax: number // per element
  readonly categoriesMax: number // per item
  readonly titleLengthMax: number // title, names, addresses and ids
  readonly contentLengthMax: number // summary and content
}

export const DEFAULT_PARSE_CAPS: ParseCaps = {
  itemsMax: 5_000,
  depthMax: 256,
  attributesMax: 256,
  categoriesMax: 100,
  titleLengthMax: 2_048,
  contentLengthMax: 1_048_576,
}
