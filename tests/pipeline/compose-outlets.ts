import { outlet, UNTIL } from './edition-material.ts'

export const [a, b, c] = [
  outlet('Alpha', { grade: 'A' }),
  outlet('Beta'),
  outlet('Gamma', { family: 'beta' }),
]
export const seenIn = (name: ReturnType<typeof outlet>) => ({
  outlet: name,
  url: `https://${name.sourceId}.example/copy`,
  seenAt: UNTIL - 1000,
  because: 'same-text',
})
