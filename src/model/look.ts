// How the HTML of a digest looks: a logo and colours of one's own.

/** Colours as `#rrggbb`. The configuration refuses pairs that cannot be read (WCAG contrast below 4.5). */
export type Colours = {
  readonly text: string
  readonly background: string
  readonly link: string
  readonly accent: string // headings and the line above them
}

/** `dataUri` holds the picture itself: an edition fetches nothing. A mail carries it as an inline attachment. */
export type Logo = { readonly dataUri: string; readonly description: string }

export type Look = { readonly colours?: Partial<Colours>; readonly logo?: Logo }
