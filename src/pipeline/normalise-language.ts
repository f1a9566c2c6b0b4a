// A language as BCP 47 writes it.

/** "ar_IQ" becomes "ar-IQ"; what has no shape of a language tag ("English", "und?") is undefined. */
export function languageOf(written: string | undefined): string | undefined {
  const tag = written?.trim().replaceAll('_', '-')
  return tag !== undefined && /^[a-z]{2,3}(-[a-z0-9]{1,8}){0,4}$/i.test(tag) ? tag : undefined
}
