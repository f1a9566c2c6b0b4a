// Live pages: one address whose content is replaced all day. They are followed by their URL and never by their text.
import { bareHeadline } from './headline.ts'

const livePath = /\/(?:live|live-?blog|live-updates|liveticker)(?:[/?#-]|$)/i

/** Is this a live page, by its address or by the marks of its headline? */
export function isLivePage(title: string, url: string | undefined): boolean {
  return (url !== undefined && livePath.test(url)) || bareHeadline(title).flags.includes('live')
}
