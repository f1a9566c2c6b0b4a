-- Alerts between editions. What an alert told stands in edition and edition_story, under the alert's id.

-- When a feed first brought something. What it held then is its past, and nobody is alerted of the past.
alter table feed add column heard_since integer;
update feed set heard_since = coalesce(
  (select min(f.at) from fetch f where f.feed_id = feed.id and f.outcome = 'fetched'), last_success_at);

create table alert (
  id text primary key,
  after_article_id integer not null, -- articles up to this id were looked at
  looked_at integer not null, -- when
  last_alert_at integer
) strict, without rowid;
