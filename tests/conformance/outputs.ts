// node tests/conformance/outputs.ts KIND < cases.jsonl > outputs.jsonl: outputs first, scores second.
import { createInterface } from 'node:readline'
import type { Kind, Output } from './kind.ts'

async function outputOf(produce: Output, line: string): Promise<unknown> {
  try {
    return await produce(JSON.parse(line), process.cwd())
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

const name = process.argv[2] ?? ''
if (!/^[a-z]+$/.test(name)) throw new Error('usage: outputs.ts KIND (feeds, dates, urls, match, dedup, ...)')
const { kind } = (await import(`./kind-${name}.ts`)) as { kind: Kind } // checked by name above
const produce = kind.start()
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== '') process.stdout.write(`${JSON.stringify(await outputOf(produce, line))}\n`)
}
