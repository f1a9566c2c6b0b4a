-- The life of a feed: it moves, it is listed twice, it falls silent, and each is told once.

alter table feed add column moved_since integer; -- first of the fetches in a row that led to moved_to
alter table feed add column duplicate_of integer references feed (id); -- moved to where that feed lives: only that one is polled
alter table feed add column told text; -- the trouble that was last told

-- Earlier addresses of a feed that moved; sources.yaml may still name one of them.
create table feed_url_history (
  url text primary key,
  feed_id integer not null references feed (id),
  until integer not null -- when it moved
) strict, without rowid;
create index feed_url_history_by_feed on feed_url_history (feed_id);

-- Entries that were known already and came again under a new identity: a feed that invents them at every poll would flood us.
alter table fetch add column renamed integer not null default 0;
