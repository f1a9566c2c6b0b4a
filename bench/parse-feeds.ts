// Feeds of invented outlets, of any size.

type Item = (index: number) => string

/** RSS 2.0 as news systems write it: short escaped summary, categories, author. Sizes are in bytes of UTF-8. */
export function newsFeed(bytes: number): string {
  return fill(bytes, 'Northern Courier', (index) =>
    item(index, {
      title: `Minister opens bridge number ${index} after two years of work &amp; delay`,
      description:
        'The minister opened the bridge on Tuesday, &lt;b&gt;officials&lt;/b&gt; said, after two years of work. Traffic will be allowed from tomorrow morning onwards, the harbour authority added.',
      content:
        '<p>The minister <a href="/bridge">opened</a> the bridge on Tuesday, officials said, after two years of work.</p>\n<p>Traffic will be allowed from tomorrow morning onwards &amp; the harbour authority added that tolls will follow.</p>',
    }),
  )
}

/** The same in Arabic, text only. */
export function arabicFeed(bytes: number): string {
  const sentence =
    'افتتح الوزير الجسر الجديد في شمال المدينة يوم الثلاثاء بعد عامين من العمل المتواصل، وقال مسؤولون إن حركة السير ستبدأ صباح الغد. '
  return fill(bytes, 'بريد الشمال', (index) =>
    item(index, {
      title: `الوزير يفتتح الجسر رقم ${index} بعد عامين من التأخير`,
      description: sentence.repeat(2),
      content: `<p>${sentence.repeat(6)}</p><p>${sentence.repeat(4)}</p>`,
    }),
  )
}

/** Articles in full, with the markup of a content system. */
export function htmlFeed(bytes: number): string {
  const figure =
    '<div class="wp-block"><figure class="alignwide size-large"><img loading="lazy" width="1024" height="683" src="/images/bridge.jpg?w=1024&amp;q=80" alt="The bridge" srcset="/images/bridge-1.jpg 1024w, /images/bridge-2.jpg 300w"/><figcaption>The <em>bridge</em> on opening day</figcaption></figure></div>\n'
  const paragraph =
    '<p style="text-align:left">The <strong>minister</strong> opened the <a href="https://courier.example/bridge" target="_blank" rel="noopener">bridge</a> on <span class="day">Tuesday</span>, officials said, after two years of work. Traffic will be allowed from tomorrow morning onwards, the harbour authority added; lorries have to wait until the weekend.</p>\n'
  const list = '<ul><li>Length: 300&nbsp;m</li><li>Cost: 20&nbsp;million</li></ul>\n'
  const block = figure + paragraph.repeat(3) + list
  return fill(bytes, 'Courier in Full', (index) =>
    item(index, {
      title: `Bridge ${index}: the whole story`,
      description: 'The minister opened the bridge on Tuesday.',
      content: block.repeat(8),
    }),
  )
}

function item(
  index: number,
  { title, description, content }: { title: string; description: string; content: string },
): string {
  const minute = String(index % 60).padStart(2, '0')
  return `<item><title>${title}</title><link>https://courier.example/news/${index}?from=rss&amp;lang=en</link><guid isPermaLink="false">courier-${index}</guid><pubDate>Tue, 13 Oct 2026 14:${minute}:00 +0300</pubDate><dc:creator>Layla Haddad</dc:creator><category>News</category><category><![CDATA[North]]></category><description>${description}</description><content:encoded><![CDATA[${content}]]></content:encoded></item>\n`
}

function fill(bytes: number, title: string, make: Item): string {
  const parts = [
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>${title}</title><link>https://courier.example/</link><description>News</description><language>en</language>\n`,
  ]
  let length = Buffer.byteLength(parts[0] ?? '')
  for (let index = 0; length < bytes; index++) {
    const next = make(index)
    parts.push(next)
    length += Buffer.byteLength(next)
  }
  return `${parts.join('')}</channel></rss>`
}
