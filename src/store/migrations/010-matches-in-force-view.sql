-- The address of a copy names its article: `explain` looks it up without reading every sighting. Articles are found by their own address already.
create index sighting_by_copy_url on sighting (url) where because <> 'first' and url is not null;

-- Only the matches that count: those of older rules stay in topic_match.
drop view v_matches;
create view v_matches as
  select m.topic_id as topic, m.article_id, m.term, m.field, m.start_offset, m.end_offset, m.rule_version, a.title, a.url,
    strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen_at / 1000, 'unixepoch') as first_seen
  from current_match m join article a on a.id = m.article_id;
