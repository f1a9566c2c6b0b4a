// How the HTML of an edition says that it was cut: the stored bytes know it themselves, wherever they are sent from.

/** Stands in the head of a shortened edition; texts are escaped, so that none can forge it. */
export const SHORTENED_MARK = '<meta name="presslark-edition" content="shortened">'

export function isShortened(html: string): boolean {
  return html.includes(SHORTENED_MARK)
}
