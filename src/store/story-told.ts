// What readers were told of articles goes with them when they move to another story: it is not told to them again as news.
import type { Db } from './connection.ts'

/**
 * Notes for each digest that the stories which articles moved to by a change were told, as far as editions had told the moved articles:
 * an article that no edition covered yet is news in whichever story it is. Call it inside the transaction of the change.
 */
export function createCarryTold(db: Db): (changeId: number) => void {
  const carry =
    db.prepare(`insert into edition_story (digest_id, story_id, edition_id, outlets, languages, sources)
    select t.digest_id, m.to_story_id, max(t.edition_id), count(distinct a.source_id),
      json_group_array(distinct a.language) filter (where a.language is not null), json_group_array(distinct a.source_id)
    from story_move m
      join edition_story t on t.story_id = m.from_story_id
      join edition e on e.id = t.edition_id
      join article a on a.id = m.article_id and a.id <= e.until_article_id
    where m.change_id = ? and m.to_story_id <> m.from_story_id
    group by t.digest_id, m.to_story_id
    on conflict (digest_id, story_id) do update set
      outlets = max(outlets, excluded.outlets),
      languages = (select json_group_array(value) from (
        select value from json_each(languages) union select value from json_each(excluded.languages))),
      sources = (select json_group_array(value) from (
        select value from json_each(sources) union select value from json_each(excluded.sources)))`)
  return (changeId) => void carry.run(changeId)
}
