// The language of a tag, without its region or script.

/** `ar` for `ar-IQ`. */
export function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? tag
}
