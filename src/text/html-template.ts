// HTML by template: whatever is not HTML already is escaped, so forgetting it is impossible.

/** A piece of finished HTML; only the `html` tag makes one. */
export type Html = { readonly html: string }
type Value = string | number | Html | readonly Html[] | undefined

/** `html\`<b>${title}</b>\`` escapes strings for text and for quoted attributes; pieces of HTML and lists of them go in as they are. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = literals.map(
    (literal, index) => literal + (index < values.length ? written(values[index]) : ''),
  )
  return { html: parts.join('') }
}

function written(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'html' in value ? value.html : value.map((piece) => piece.html).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
}
