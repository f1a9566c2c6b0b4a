// What a newcomer runs into: a long list of feeds, a word taken for an operator, a mail server that cannot encrypt.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { smtpSink } from '../deliver/smtp-sink.ts'
import { presslark } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const sources = `sources:\n${sourceLine('good', 'http://127.0.0.1:9999/feed')}`

describe('a list of 200 feeds', () => {
  it('is imported whole, and known when it comes again, without naming every line', async () => {
    const folder = writeDesk({ sources })
    const rows = Array.from(
      { length: 200 },
      (_, index) => `<outline text="Outlet ${index}" xmlUrl="https://outlet-${index}.example/feed"/>\n`,
    )
    writeFileSync(join(folder, 'list.opml'), `<opml version="2.0"><body>\n${rows.join('')}</body></opml>`)
    const first = await presslark(['sources', 'import', 'list.opml'], folder)
    expect(first).toMatchObject({ code: 0, stdout: '200 sources added, 0 known already, 0 rejected.\n' })
    const second = await presslark(['sources', 'import', 'list.opml'], folder)
    expect(second.stdout).toBe('0 sources added, 200 known already, 0 rejected.\n')
    const lines = second.stderr.trimEnd().split('\n')
    expect(lines[0]).toBe('  line 2: https://outlet-0.example/feed is in sources.yaml already')
    expect(lines.slice(10)).toEqual(['  and 190 more that are in sources.yaml already'])
  }, 30_000)
})

describe('a list from another program', () => {
  const imported = async (list: string | Buffer) => {
    const folder = writeDesk({ sources })
    writeFileSync(join(folder, 'list.opml'), list)
    const { code, stdout, stderr } = await presslark(['sources', 'import', 'list.opml'], folder)
    const after = await presslark(['sources', 'export'], folder) // reads the configuration again
    return { code, stdout, stderr, after }
  }
  const opml = (rows: string): string => `<opml version="2.0"><body>\n${rows}</body></opml>`

  it.for([
    ['latin1', '<?xml version="1.0" encoding="ISO-8859-1"?>\n', 'Échappé'],
    ['latin1', '', 'Échappé'],
    ['utf16le', '\ufeff<?xml version="1.0" encoding="UTF-16"?>\n', 'بوابة النهر'],
    ['utf8', '\ufeff', 'بوابة النهر'],
  ] as const)(
    'in %s, beginning with %j, keeps its names',
    { timeout: 30_000 },
    async ([charset, begin, name]) => {
      const row = `<outline text="${name}" xmlUrl="https://outlet.example/feed"/>\n`
      const { code, after } = await imported(Buffer.from(`${begin}${opml(row)}`, charset))
      expect({ code, stderr: after.stderr }).toEqual({ code: 0, stderr: '' })
      expect(after.stdout).toContain(`text="${name}"`)
    },
  )

  it('may say what sources.yaml cannot take: such rows are named, without their passwords, and the rest is added', async () => {
    const { stdout, stderr, after } = await imported(
      opml(`<outline text="A" language="English" xmlUrl="https://a.example/feed"/>
<outline text="B" xmlUrl="https://ana:planted-secret@b.example/feed"/>
<outline text="C" xmlUrl="http://c.example:22/feed"/>
<outline text="D \ufffd" xmlUrl="https://d.example/feed"/>
`),
    )
    expect(stdout).toBe('2 sources added, 0 known already, 2 rejected.\n')
    expect(stderr).toMatch(
      /^ {2}line 2: added without its language "English"\n {2}line 3: .*credentials.*headers.*\n {2}line 4: port 22/,
    )
    expect(stderr).toContain('then: presslark sources check')
    expect(after).toMatchObject({ code: 0, stderr: '' })
    expect(stderr + after.stdout).not.toContain('planted-secret')
  }, 30_000)

  it('gives ids in letters: those of the name, or of the host where it has none', async () => {
    const { after } = await imported(
      opml(
        '<outline text="Le Matin Échappé" xmlUrl="https://x.example/1"/><outline text="بوابة النهر" xmlUrl="https://nahr.example/2"/>\n',
      ),
    )
    expect(after.stdout).toContain('pl:source="le-matin-echappe"')
    expect(after.stdout).toContain('pl:source="nahr-example"')
  }, 30_000)
})

describe('a rule that is valid, but hardly what was meant', () => {
  it('is warned of by the commands that try it', async () => {
    const folder = writeDesk({
      sources,
      topics: `watchlists: [{id: all, name: All, topics: all}]
topics:
  - {id: arrests, name: Arrests, query: arrest* and NOT student}
  - {id: rain, name: Rain, any: [rain]}
`,
    })
    const tried = await presslark(['topics', 'test', 'arrests', '--text', 'Two arrested'], folder)
    expect(tried.stderr).toMatch(/^warning: topic arrests: .*and/m)
    const other = await presslark(['topics', 'test', 'rain', '--text', 'Rain'], folder)
    expect(other).toMatchObject({ stderr: '', stdout: 'rain: summary "Rain" (term rain)\n' })
  }, 30_000)
})

describe('a condition that no source can meet', () => {
  it('is warned of, with the nearest that one can; a wildcard is not', async () => {
    const folder = writeDesk({
      sources,
      topics: `watchlists: [{id: all, name: All, topics: all}]
topics:
  - {id: rain, name: Rain, any: [rain], where: {source: [goood, "irna*"], country: iq, kind: Independent}}
`,
    })
    const { stderr } = await presslark(['topics', 'test', 'rain', '--text', 'Rain'], folder)
    expect(stderr.trimEnd().split('\n')).toEqual([
      'warning: topic rain: where: no source in sources.yaml has the id "goood"; did you mean "good"?',
      'warning: topic rain: where: no source in sources.yaml has the country "iq"; nothing can meet that condition',
    ])
  }, 30_000)
})

describe('a page without a feed', () => {
  it('is named, with what to try instead', async () => {
    const site = await listen((_, response) => response.end('<title>News</title>'))
    onTestFinished(site.close)
    const folder = writeDesk({ sources })
    const { code, stderr } = await presslark(
      ['sources', 'add', `${site.origin}/news`, '--allow-private'],
      folder,
    )
    expect(code).toBe(1)
    expect(stderr).toContain(`no feed was found at ${site.origin}/news`)
    expect(stderr).toContain('name the address of the feed itself')
  }, 30_000)
})

describe('a page with two feeds', () => {
  it('is shown with both, and with a command that adds one of them as it stands', async () => {
    const link = (href: string): string => `<link rel="alternate" type="application/rss+xml" href="${href}">`
    const site = await listen(({ url = '' }, response) => {
      if (url === '/') response.end(`<title>News</title>${link('/fa')}${link('/en')}`)
      else response.end(rss(url, [{ id: url, title: `Harvest of ${url}` }]))
    })
    onTestFinished(site.close)
    const folder = writeDesk({ sources })
    const { code, stdout, stderr } = await presslark(
      ['sources', 'add', site.origin, '--allow-private'],
      folder,
    )
    expect(code).toBe(2)
    expect(stdout).toContain(`${site.origin}/en`)
    const [, command = ''] = /\(presslark (.+?)\)/.exec(stderr) ?? []
    expect((await presslark(command.split(' '), folder)).stdout).toContain('Added "127-0-0-1"')
  }, 30_000)
})

describe('a site that is added', () => {
  const added = async (status: number, language: string, ...options: readonly string[]) => {
    const site = await listen((_, response) => {
      const feed = rss('A', [{ id: 'a', title: 'Harvest' }])
      response.writeHead(status).end(feed.replace('<link>', `<language>${language}</language><link>`))
    })
    onTestFinished(site.close)
    const folder = writeDesk({ sources })
    const ended = await presslark(
      ['sources', 'add', `${site.origin}/feed`, '--allow-private', ...options],
      folder,
    )
    return { ...ended, after: await presslark(['sources', 'export'], folder) }
  }

  it('may write its language as programs do: the tag is taken from it', async () => {
    const { code, after } = await added(200, 'en_US')
    expect({ code, after: after.code }).toEqual({ code: 0, after: 0 })
    expect(after.stdout).toMatch(/text="A"[^>]* language="en"/)
  }, 30_000)

  it('under an id that is none leaves sources.yaml as it was', async () => {
    const { code, stderr, after } = await added(200, 'en', '--id', 'My Paper')
    expect(code).toBe(2)
    expect(stderr).toContain('it cannot be added: expected a short id such as shafaq-en')
    expect(after).toMatchObject({ code: 0, stderr: '' })
  }, 30_000)

  it('and refuses programs is told as such', async () => {
    const { code, stderr } = await added(403, 'en')
    expect(code).toBe(1)
    expect(stderr).toMatch(/HTTP 403\n {4}the site refuses programs here; its feed may answer/)
  }, 30_000)
})

describe('a mail server', () => {
  const mailLine = async (section: string): Promise<string | undefined> => {
    const { port, close } = await smtpSink()
    onTestFinished(close)
    const folder = writeDesk({
      sources,
      presslark: `http: {timeout: 1s}\nmail: {host: 127.0.0.1, port: ${port}, from: desk@desk.example${section}}\n`,
    })
    const { stdout } = await presslark(['doctor'], folder)
    return stdout.split('\n').find((line) => / mail /.test(line))
  }

  it('that cannot encrypt is named with the setting that decides it', async () => {
    expect(await mailLine('')).toMatch(/^BAD {2}mail .*set mail\.secure to tls .*or to none for a relay/)
  }, 30_000)

  it('that asks for no login is not said to take one', async () => {
    expect(await mailLine(', secure: none')).toMatch(
      /^ok {3}mail +127\.0\.0\.1 answers; no login is configured/,
    )
  }, 30_000)
})

describe('the doctor, before the first morning', () => {
  const digests = `digests:
  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{slack: "\${CHAT_ADDRESS}"}, {telegram: "-1", token: "\${CHAT_TOKEN}"}]}
`

  it('names each variable that a chat or a link needs and that is not set', async () => {
    const folder = writeDesk({
      sources,
      digests,
      presslark: 'web: {publicUrl: "https://press.example.org"}\n',
    })
    const { stdout, code } = await presslark(['doctor'], folder, { CHAT_TOKEN: 'planted-secret' })
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^BAD {2}secrets +the variable CHAT_ADDRESS is not set; the slack channel of morning in digests.yaml asks/m,
    )
    expect(stdout).toMatch(/^BAD {2}secrets +the variable PRESSLARK_UNSUBSCRIBE_KEY is not set; web in /m)
    expect(stdout).not.toMatch(/CHAT_TOKEN|planted-secret/)
  }, 30_000)

  it.for([
    ['http: {contact: https://example.org/press-desk}\n', 1],
    ['http: {contact: https://desk.example/press}\n', 0],
    ['log: {level: info}\n', 0],
  ] as const)(
    'with %j warns %d times of a contact that is still the example',
    { timeout: 30_000 },
    async ([file, times]) => {
      const { stdout } = await presslark(['doctor'], writeDesk({ sources, presslark: file }))
      expect(
        stdout.match(/^ok {3}configuration +warning: http: contact in presslark.yaml/gm) ?? [],
      ).toHaveLength(times)
    },
  )

  it('tells of a delivery that failed once, although it is not late', async () => {
    const folder = writeDesk({ sources: 'sources: []\n', digests })
    await presslark(['digest'], folder)
    await presslark(['run', '--once'], folder)
    const { stdout } = await presslark(['doctor'], folder)
    expect(stdout).toMatch(
      /^ok {3}deliveries +none is late; tried again: 2, the newest morning\/1 by telegram/m,
    )
  }, 30_000)
})

describe('a desk on its first day', () => {
  const folder = writeDesk({ sources })
  beforeAll(() => presslark(['sources', 'list'], folder), 30_000) // makes the database

  it.for([
    [['editions', 'list'], 'No edition yet: '],
    [['deliveries', 'list'], 'No delivery yet: '],
    [['deliveries', 'list', '--open'], 'Every delivery is sent.'],
    [['recipients', 'list'], 'Nobody gets mail: '],
    [['alerts', 'test'], 'no alerts; docs/alerts.md shows how'],
  ] as const)('is told by %j that there is nothing yet', { timeout: 30_000 }, async ([command, answer]) => {
    const { code, stdout } = await presslark(command, folder)
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(answer) })
  })

  it('in a folder with a blank in its name gets commands that can be pasted', async () => {
    const { stdout } = await presslark(['init', "Ana's desk"], folder)
    expect(stdout).toContain(`presslark --config 'Ana'\\''s desk/config' doctor`)
  }, 30_000)
})
