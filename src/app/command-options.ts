// What several commands have in common: options, and how an example is shown below their help.
import { Option } from 'commander'

export const json = new Option('--json', 'print data as JSON')
export const formats = new Option('--format <format>', 'how to print the edition')
  .choices(['md', 'html', 'text', 'json'])
  .default('md')

export function example(text: string): string {
  return `\nExample:\n  $ ${text}\n`
}
