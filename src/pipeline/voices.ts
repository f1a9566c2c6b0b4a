// How many independent voices report a story: owner families, after the wires that reports credit.
import type { EditionArticle, Outlet } from '../model/digest.ts'
import { type Agency, wireCredit } from '../text/wire-credit.ts'

/** The wires among a desk's sources, with the owner family that speaks through them. */
export type Wires = { readonly agencies: readonly Agency[]; readonly familyOf: ReadonlyMap<string, string> }

/** Every source of kind `wire`, credited by its name or by the name of its family. */
export function wiresOf(outlets: readonly Pick<Outlet, 'name' | 'family' | 'kind'>[]): Wires {
  const wires = outlets.filter(({ kind }) => kind === 'wire')
  return {
    agencies: wires.map(({ name }) => ({ name, spellings: [name] })),
    familyOf: new Map(wires.map(({ name, family }) => [name, family])),
  }
}

/**
 * Fourteen copies of one wire are one voice: a report that credits a wire speaks with the voice of that wire, and so do its
 * folded copies, whoever printed them. Any other report speaks for the families that own the outlets it stood in.
 */
export function countVoices(articles: readonly EditionArticle[], wires: Wires): number {
  return new Set(articles.flatMap((article) => voicesOf(article, wires))).size
}

function voicesOf(
  { title, summary, body, outlet, sightings }: EditionArticle,
  { agencies, familyOf }: Wires,
): readonly string[] {
  const credit = wireCredit(`${title}\n${summary}\n${body}`, agencies)
  if (credit !== undefined) return [familyOf.get(credit) ?? familyNamed(credit)]
  return [outlet.family, ...sightings.map((sighting) => sighting.outlet.family)]
}

/** An agency that is no source of this desk is a family of its own; IRNA's is `irna`. */
function familyNamed(credit: string): string {
  return credit.toLowerCase().replaceAll(' ', '-')
}
