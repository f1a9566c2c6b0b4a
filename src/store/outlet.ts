// A source as a reader of an edition sees it.
import type { Outlet } from '../model/digest.ts'

/** The outlet in a row that holds more. */
export function toOutlet({ sourceId, name, family, country, kind, grade }: Outlet): Outlet {
  return { sourceId, name, family, kind, grade, ...(country === undefined ? {} : { country }) }
}
