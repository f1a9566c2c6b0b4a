// One search of the archive: the index narrows it, and where it finds too much, each article found is tested as topics test it.
import type { SearchQuery } from '../pipeline/search-query.ts'
import { searchTest } from '../pipeline/search-test.ts'
import type { SearchFilter, SearchHit, Store } from '../store/index.ts'

/** The articles that a topic with the same query would match. */
export function searchArchive(
  store: Pick<Store, 'search'>,
  query: SearchQuery & { readonly ok: true },
  filter: Omit<SearchFilter, 'where'>,
): readonly SearchHit[] {
  const narrowed = {
    ...filter,
    where: query.where.map(({ negated, ...rest }) => ({ ...rest, not: negated })),
  }
  return query.exact
    ? store.search.search(query.expression, narrowed)
    : store.search.searchTested(query.expression, narrowed, searchTest(query.tree))
}
