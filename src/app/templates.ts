// Loads template modules: code of the desk's own, so it runs only when a digest that names it is composed.
import { createRequire } from 'node:module'
import type { EditionTemplate } from '../pipeline/edition-template.ts'
import { CommandError } from './exit.ts'

const load = createRequire(import.meta.url)

/** The module's export `render`. Throws CommandError when the module cannot be loaded or has none. */
export function loadTemplate(path: string): EditionTemplate {
  const render = exportsOf(path)['render']
  if (typeof render !== 'function')
    throw new CommandError(`the template ${path} exports no function render`, 'see docs/templates.md')
  return (edition, kit) => {
    const page: unknown = render(edition, kit)
    if (typeof page === 'string') return page
    throw new CommandError(`the template ${path} returned no text`, 'render returns a whole HTML document')
  }
}

function exportsOf(path: string): Readonly<Record<string, unknown>> {
  try {
    return load(path) // any module: `render` is looked for above
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError(`the template ${path} cannot be loaded: ${reason}`, 'see docs/templates.md')
  }
}
