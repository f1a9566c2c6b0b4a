-- Rules change, and the archive is tagged again with the new ones. Matches of older versions stay; here stands where a newer
-- version found nothing, so that nobody takes them for the last word.
create table topic_no_match (
  topic_id text not null,
  article_id integer not null references article (id),
  rule_version integer not null, -- the newest that was tried
  primary key (topic_id, article_id)
) strict, without rowid;
create index topic_no_match_by_article on topic_no_match (article_id);

-- How far `presslark topics retag` has come, topic by topic; a row goes when the topic is done.
create table retag (
  topic_id text primary key,
  rule_version integer not null,
  since integer not null,
  after_article_id integer not null -- articles up to this id are done
) strict, without rowid;

-- The matches that count: of each article and topic those of the newest rule that was tried.
create view current_match as
  select m.* from topic_match m
  where m.rule_version = (
      select max(l.rule_version) from topic_match l where l.topic_id = m.topic_id and l.article_id = m.article_id)
    and not exists (
      select 1 from topic_no_match n
      where n.topic_id = m.topic_id and n.article_id = m.article_id and n.rule_version > m.rule_version);
