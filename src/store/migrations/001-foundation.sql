-- The first schema. Instants are integers: milliseconds since 1970-01-01T00:00:00Z. Booleans are 0 or 1.

create table source (
  id text primary key,
  name text not null,
  country text,
  language text,
  family text not null,
  kind text not null check (kind in ('wire', 'state', 'independent', 'exile', 'think-tank', 'official', 'party')),
  grade text not null check (grade in ('A', 'B', 'C', 'D', 'E')),
  active integer not null default 1 check (active in (0, 1)) -- 0: no longer in sources.yaml, its articles stay
) strict;

create table feed (
  id integer primary key,
  source_id text not null references source (id),
  url text not null unique,
  settings text not null check (json_valid(settings)),
  active integer not null default 1 check (active in (0, 1)),
  etag text,
  last_modified text,
  validators_url text, -- which URL sent them, when a redirect led there
  body_hash text,
  schedule text not null default '{}' check (json_valid(schedule)), -- what pipeline/schedule.ts remembers of this feed
  next_fetch_at integer not null default 0,
  lease_until integer, -- claimed by a fetcher until then; a crashed fetch is due again afterwards
  last_attempt_at integer,
  last_success_at integer,
  last_new_at integer,
  last_outcome text,
  last_detail text,
  failures integer not null default 0 check (failures >= 0),
  failing_since integer,
  gone_at integer,
  moved_to text, -- where a permanent redirect led at the last fetch
  moved_seen integer not null default 0 -- fetches in a row that led there
) strict;
create index feed_due on feed (next_fetch_at) where active = 1 and gone_at is null;

create table host_pause (
  host text primary key,
  until integer not null
) strict;

create table fetch (
  id integer primary key,
  feed_id integer not null references feed (id),
  at integer not null,
  duration_ms integer not null,
  outcome text not null check (outcome in ('fetched', 'not-modified', 'rate-limited', 'gone', 'failed')),
  reason text,
  status integer,
  bytes integer not null default 0,
  items integer not null default 0,
  new_articles integer not null default 0,
  duplicates integer not null default 0,
  revisions integer not null default 0,
  skipped integer not null default 0,
  overflow integer not null default 0 check (overflow in (0, 1)) -- every entry was new: some may have been missed
) strict;
create index fetch_by_feed on fetch (feed_id, at);
create index fetch_by_time on fetch (at);

create table story (
  id integer primary key,
  created_at integer not null
) strict;

create table article (
  id integer primary key,
  source_id text not null references source (id),
  feed_id integer not null references feed (id),
  guid text,
  url text,
  url_key text,
  title text not null, -- '' when the item had none
  summary text not null,
  body text not null, -- '' when it equals the summary
  author text not null,
  language text,
  published_at integer,
  updated_at integer,
  date_text text,
  date_source text,
  image text,
  categories text not null check (json_valid(categories)),
  flags text not null check (json_valid(flags)),
  first_seen_at integer not null,
  story_id integer not null references story (id),
  story_because text not null
) strict;
create index article_by_url_key on article (url_key) where url_key is not null;
create index article_by_first_seen on article (first_seen_at);
create index article_by_story on article (story_id);
create index article_by_source on article (source_id);

create table sighting (
  id integer primary key,
  article_id integer not null references article (id),
  feed_id integer not null references feed (id),
  item_key text not null, -- guid, else URL, else a hash of title and date
  content_hash text not null, -- of what the feed last said; a change is a revision
  url text,
  title text not null,
  published_at integer,
  seen_at integer not null,
  because text not null, -- 'first' for the appearance that made the article
  unique (feed_id, item_key)
) strict;
create index sighting_by_article on sighting (article_id, seen_at);
create index sighting_of_copies on sighting (seen_at) where because <> 'first';

create table revision (
  id integer primary key,
  article_id integer not null references article (id),
  seen_at integer not null,
  old_title text not null,
  new_title text not null,
  old_summary text not null,
  new_summary text not null,
  old_url text,
  new_url text,
  corrected integer not null check (corrected in (0, 1)) -- headline or a number changed
) strict;
create index revision_by_article on revision (article_id);
create index revision_by_time on revision (seen_at);

create table topic_rule (
  topic_id text not null,
  version integer not null,
  definition text not null check (json_valid(definition)),
  created_at integer not null,
  primary key (topic_id, version)
) strict, without rowid;

create table topic_match (
  article_id integer not null references article (id),
  topic_id text not null,
  rule_version integer not null,
  term text not null,
  field text not null check (field in ('title', 'summary', 'body', 'author')),
  start_offset integer not null,
  end_offset integer not null check (end_offset >= start_offset),
  primary key (topic_id, article_id, rule_version, field, start_offset, term)
) strict, without rowid;
create index topic_match_by_article on topic_match (article_id);

create table topic_day (
  topic_id text not null,
  day integer not null, -- UTC days since 1970-01-01
  articles integer not null,
  primary key (topic_id, day)
) strict, without rowid;

-- Folded words only: unicode61 would split Arabic words at vowel marks, so the fold does the work and ascii just cuts at spaces.
create virtual table article_text using fts5 (
  title, summary, body, author, content = '', contentless_delete = 1, tokenize = 'ascii'
);

create table digest (
  id text primary key,
  registered_at integer not null -- editions are due from the first slot after this
) strict, without rowid;

create table edition (
  id integer primary key,
  digest_id text not null,
  number integer not null,
  window_from integer not null,
  window_until integer not null,
  from_article_id integer not null, -- covers (from_article_id, until_article_id]
  until_article_id integer not null,
  time_zone text not null,
  composed text not null check (json_valid(composed)),
  subject text not null,
  manifest text not null, -- SHA-256 of the composed edition
  created_at integer not null,
  unique (digest_id, window_until),
  unique (digest_id, number)
) strict;

create table edition_body (
  edition_id integer not null references edition (id),
  format text not null check (format in ('md', 'html', 'text', 'json')),
  body text not null,
  primary key (edition_id, format)
) strict, without rowid;

-- Frozen means frozen: whoever tries to change an issued edition hears of it.
create trigger edition_is_frozen before update on edition begin
  select raise(abort, 'an issued edition never changes');
end;
create trigger edition_body_is_frozen before update on edition_body begin
  select raise(abort, 'an issued edition never changes');
end;

create table edition_story (
  digest_id text not null,
  story_id integer not null references story (id),
  edition_id integer not null references edition (id), -- the last edition that showed it
  outlets integer not null,
  languages text not null check (json_valid(languages)),
  sources text not null check (json_valid(sources)),
  primary key (digest_id, story_id)
) strict, without rowid;

create table delivery (
  id integer primary key,
  edition_id integer not null references edition (id),
  channel text not null check (json_valid(channel)),
  recipient text not null,
  idempotency_key text not null unique,
  message_id text not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'uncertain')),
  attempts integer not null default 0,
  next_try_at integer not null,
  lease_until integer,
  detail text,
  sent_at integer
) strict;
create index delivery_due on delivery (next_try_at, id) where state in ('pending', 'sending', 'uncertain');

-- One running service per file: the row is held with a heartbeat.
create table service_lock (
  id integer primary key check (id = 1),
  holder text not null,
  heartbeat_at integer not null
) strict;

-- For people who query the file themselves; documented in docs/sql.md, kept stable.
create view v_articles as
  select a.id, a.title, a.url, s.name as source, a.source_id, s.country, s.kind, s.grade, a.language,
    strftime('%Y-%m-%dT%H:%M:%SZ', a.published_at / 1000, 'unixepoch') as published,
    strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen_at / 1000, 'unixepoch') as first_seen,
    a.summary, a.body, a.author, a.story_id,
    (select count(*) from sighting g where g.article_id = a.id) as sightings
  from article a join source s on s.id = a.source_id;

create view v_matches as
  select m.topic_id as topic, m.article_id, m.term, m.field, m.start_offset, m.end_offset, m.rule_version, a.title, a.url,
    strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen_at / 1000, 'unixepoch') as first_seen
  from topic_match m join article a on a.id = m.article_id;

create view v_stories as
  select a.story_id as id, count(distinct a.id) as articles, count(distinct g.feed_id) as feeds,
    count(distinct s.family) as families,
    strftime('%Y-%m-%dT%H:%M:%SZ', min(a.first_seen_at) / 1000, 'unixepoch') as first_seen,
    strftime('%Y-%m-%dT%H:%M:%SZ', max(g.seen_at) / 1000, 'unixepoch') as last_seen,
    (select title from article l where l.story_id = a.story_id order by l.id limit 1) as title
  from article a join sighting g on g.article_id = a.id join feed f on f.id = g.feed_id join source s on s.id = f.source_id
  group by a.story_id;

create view v_daily_volume as
  select strftime('%Y-%m-%d', a.first_seen_at / 1000, 'unixepoch') as day, a.source_id, s.name as source, count(*) as articles
  from article a join source s on s.id = a.source_id
  group by day, a.source_id;

create view v_feed_health as
  select f.id, f.url, f.source_id, s.name as source, f.last_outcome, f.last_detail, f.failures, f.moved_to,
    case
      when f.gone_at is not null then 'gone'
      when f.last_attempt_at is null then 'never-fetched'
      when f.failures > 0 then 'failing'
      else 'ok'
    end as state,
    strftime('%Y-%m-%dT%H:%M:%SZ', f.last_success_at / 1000, 'unixepoch') as last_success,
    strftime('%Y-%m-%dT%H:%M:%SZ', f.failing_since / 1000, 'unixepoch') as failing_since,
    strftime('%Y-%m-%dT%H:%M:%SZ', f.next_fetch_at / 1000, 'unixepoch') as next_fetch
  from feed f join source s on s.id = f.source_id
  where f.active = 1;
