// Phrases with places: `{name}` in a translated phrase is where a value goes.

/** A phrase cut into its own words and the values that stand in its places; a place without a value stays empty. */
export function phraseParts<Value>(
  phrase: string,
  values: Readonly<Record<string, Value>>,
): readonly (string | Value)[] {
  const parts = phrase.split(/\{(\w+)\}/)
  return parts
    .map((part, index) => (index % 2 === 0 ? part : (values[part] ?? '')))
    .filter((part) => part !== '')
}

/** The same for values that are plain text. */
export function phrase(text: string, values: Readonly<Record<string, string>>): string {
  return phraseParts(text, values).join('')
}
