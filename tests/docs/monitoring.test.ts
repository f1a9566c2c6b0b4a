// The dashboard, the alerts and the page about them name numbers that a running desk really tells, label for label.
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { startMonitor } from '../../src/app/monitor.ts'
import { listeningLog, loopback, monitoredDesk } from '../app/monitor-desk.ts'
import { filesUnder, read } from './tree.ts'

const rulesFile = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^Presslark[A-Z]\w+$/),
            expr: z.string(),
            for: z.string().optional(),
            labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string(), description: z.string() }),
          }),
        ),
      }),
    )
    .length(1),
})
const panel = z.looseObject({
  id: z.int(),
  title: z.string().min(3),
  gridPos: z.object({ h: z.int(), w: z.int(), x: z.int(), y: z.int() }),
  targets: z.array(z.looseObject({ expr: z.string() })).min(1),
})
const rules = rulesFile
  .parse(parse(read('docs/ops/prometheus-rules.yml')))
  .groups.flatMap((group) => group.rules)
const dashboard = z
  .looseObject({ title: z.literal('Presslark'), panels: z.array(panel).min(10) })
  .parse(JSON.parse(read('docs/ops/grafana-dashboard.json')))
const queries = [
  ...rules.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
]

type Selector = { readonly name: string; readonly labels: string }

/** Every `name{labels}` of a query; `up` and `job` are Prometheus' own. */
function selectors(query: string): readonly Selector[] {
  const found = query.matchAll(/\b((?:presslark|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)
  return [...found].map(([, name = '', labels = '']) => ({ name, labels }))
}

let text = ''
beforeAll(async () => {
  const { origin, close } = await monitoredDesk({ sources: 'sources: []\n' })
  text = await (await fetch(`${origin}/metrics`)).text()
  await close()
})

/** Names as samples have them: of a histogram also _bucket, _sum and _count. */
const told = (): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  )

/** The values of a label that samples of a number have now. */
const valuesOf = (name: string, label: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(new RegExp(`^${name}\\{.*?\\b${label}="([^"]*)"`, 'gm'))].map(
      ([, value = '']) => value,
    ),
  )

describe('alerts and dashboard', () => {
  test('are five rules, and panels that do not overlap', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(5)
    const cells = dashboard.panels.flatMap(({ gridPos: { h, w, x, y } }) =>
      Array.from({ length: h * w }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  })

  test('name only numbers that a desk tells', () => {
    const named = queries.flatMap(selectors).map(({ name }) => name)
    expect(named.length).toBeGreaterThan(25)
    expect(named.filter((name) => !told().has(name))).toEqual([])
  })

  test('ask for states that exist', () => {
    const asked = queries
      .flatMap(selectors)
      .flatMap(({ name, labels }) =>
        [...labels.matchAll(/(\w+)[!=]~?"([^"]*)"/g)]
          .filter(([, label]) => label !== 'job' || name === 'presslark_queue_jobs')
          .flatMap(([, label = '', values = '']) =>
            values.split('|').map((value) => ({ name, label, value })),
          ),
      )
    const always = asked.filter(({ name }) => !name.endsWith('_total')) // counters appear with their first event
    expect(always.length).toBeGreaterThan(7)
    expect(always.filter(({ name, label, value }) => !valuesOf(name, label).has(value))).toEqual([])
  })
})

describe('the page', () => {
  const listed = [...read('docs/ops/monitoring.md').matchAll(/^\| `(presslark_\w+)` \|(.*?)\| \S/gm)]

  test('lists every number of ours, and none that does not exist', () => {
    const ours = [...text.matchAll(/^# TYPE (presslark_\S+)/gm)].map(([, name]) => name)
    expect(ours.length).toBeGreaterThan(15)
    expect(listed.map(([, name]) => name).toSorted()).toEqual(ours.toSorted())
  })

  test('lists the labels of those that have samples', () => {
    for (const [, name = '', labels = ''] of listed) {
      const sample = text.match(new RegExp(`^${name}\\{(.*?)\\}`, 'm'))?.[1]
      if (sample === undefined) continue
      const found = [...sample.matchAll(/(\w+)="/g)].map(([, label]) => label)
      expect(
        [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
        name,
      ).toEqual(found)
    }
  })
})

test('a process without a database tells nothing of one, rather than zeros', async () => {
  const { log, origin } = listeningLog()
  const monitor = await startMonitor(loopback, 'fetch', log)
  onTestFinished(() => monitor.close())
  const none = { waiting: 0, running: 0, failed: 0 }
  monitor.watch({
    runner: { depths: async () => ({ fetch: none, ingest: none, digest: none, deliver: none }) },
  })
  const metrics = await (await fetch(`${origin()}/metrics`)).text()
  expect(metrics).toContain('presslark_queue_jobs{job="fetch",state="waiting"} 0')
  expect(metrics).not.toMatch(/^presslark_(feeds|database|digest|deliveries)/m)
})

test('a program that nobody watches does not load the library', () => {
  const sources = filesUnder(['src', 'workers'], '.ts').map((path) => ({ path, text: read(path) }))
  const having = (pattern: RegExp): readonly string[] =>
    sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)
  expect(having(/from 'prom-client'/)).toEqual(['src/app/desk-metrics.ts', 'src/app/metrics.ts'])
  expect(having(/^import (?!type ).*(?:desk-)?metrics\.ts'/m)).toEqual([]) // only by import(), where somebody listens
})
