// Reports of invented outlets, the same for the same numbers, and no two alike enough to be taken for copies.

const syllables = 'bal cor den far gel hun jor kim lam mon nel por quin ras sol tur ven wix yar zed'.split(
  ' ',
)

/** A word for each number, the same every time; different numbers share few words. */
function word(number: number): string {
  let rest = Math.imul(number + 1, 0x9e3779b1)
  rest = Math.imul(rest ^ (rest >>> 15), 0x85ebca6b) // else numbers at certain distances share whole sentences
  rest = (rest ^ (rest >>> 13)) >>> 0
  let text = ''
  for (let part = 0; part < 4; part++) {
    text += syllables[rest % syllables.length]
    rest = Math.floor(rest / syllables.length)
  }
  return text
}

export const guidOf = (feed: number, report: number): string => `feed-${feed}-report-${report}`

function entry(feed: number, report: number): string {
  const words = Array.from({ length: 60 }, (_, place) => word(feed * 1_000_003 + report * 101 + place))
  const guid = guidOf(feed, report)
  return `<item><guid isPermaLink="false">${guid}</guid><link>https://outlet${feed}.example/${report}</link>
    <title>Harvest ${words.slice(0, 7).join(' ')}</title><description>${words.slice(7).join(' ')}</description></item>`
}

/** A feed with so many reports, the newest first. */
export function feedXml(feed: number, reports: number): string {
  const entries = Array.from({ length: reports }, (_, index) => entry(feed, reports - 1 - index))
  return `<rss version="2.0"><channel><title>Outlet ${feed}</title><language>en</language>${entries.join('\n')}</channel></rss>`
}
