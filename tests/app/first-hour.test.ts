// What a newcomer runs into: a long list of feeds, a word taken for an operator, a mail server that cannot encrypt.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smtpSink } from '../deliver/smtp-sink.ts'
import { presslark } from './command-line.ts'
import { listen, sourceLine, writeDesk } from './local-desk.ts'

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
