-- A story is called what its lead calls it, as in editions (pipeline/story-lead.ts): best grade, then earliest, then the one that says most.
drop view v_stories;
create view v_stories as
  select a.story_id as id, count(distinct a.id) as articles, count(distinct g.feed_id) as feeds,
    count(distinct s.family) as families,
    strftime('%Y-%m-%dT%H:%M:%SZ', min(a.first_seen_at) / 1000, 'unixepoch') as first_seen,
    strftime('%Y-%m-%dT%H:%M:%SZ', max(g.seen_at) / 1000, 'unixepoch') as last_seen,
    (select l.title from article l join source o on o.id = l.source_id where l.story_id = a.story_id
      order by o.grade, l.first_seen_at, l.url is null, length(l.summary) + length(l.body) desc, l.id limit 1) as title
  from article a join sighting g on g.article_id = a.id join feed f on f.id = g.feed_id join source s on s.id = f.source_id
  group by a.story_id;

-- Two reports in different languages that tell of one event, as far as topics, figures and names tell. Their stories are shown as
-- linked and never merged. It links reports, so that it stays true when stories are split, merged or computed anew.
create table language_link (
  article_id integer not null references article (id), -- the one that came later
  other_id integer not null references article (id),
  because text not null, -- see pipeline/language-link.ts
  primary key (article_id, other_id)
) strict, without rowid;
create index language_link_by_other on language_link (other_id);
