// Why an article is in its story, as a person reads it.

const reasons: Readonly<Record<string, string>> = {
  'no-story-like-it': 'no story was like it, so it began this one',
  'same-event': 'it reports the same event as what was there',
  'same-template': 'what is like it is only made from one template, so it began this one',
  'language-not-known-yet':
    'too few reports in its language were known to tell which are alike, so it began a story',
  'by-hand': 'put here by hand',
}

/** The stored reason (`same-event p=0.61`, `by-hand change=3`) in words; one that is not known stays as it is. */
export function storyReason(because: string): string {
  const [word = '', ...details] = because.split(' ')
  const known = reasons[word]
  if (known === undefined) return because
  return details.length === 0 ? known : `${known} (${details.join(' ').replace('=', ' ')})`
}
