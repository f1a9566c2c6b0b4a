-- Feeds that offer to push (WebSub), and what their hubs agreed to.
create table subscription (
  feed_id integer primary key references feed (id),
  hub text not null,
  topic text not null, -- the address that the hub knows the feed by
  callback text, -- where the hub was asked to push to; null: never asked
  token text unique, -- last part of the callback: who knows it may push
  secret text, -- what pushes are signed with
  asked_at integer, -- a request that the hub has not confirmed yet
  lease_until integer, -- pushes are expected until then
  next_try_at integer not null default 0,
  failures integer not null default 0,
  detail text -- why the hub was not won
) strict;
