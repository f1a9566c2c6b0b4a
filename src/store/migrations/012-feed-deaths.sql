-- Which feed the one process that does everything has in hand at this moment: read again only when that process died meanwhile.
create table feed_in_hand (
  id integer primary key check (id = 1),
  feed_id integer not null references feed (id)
) strict;

-- Feeds that were in hand when a process died: one that kills again and again is left alone for longer and longer.
create table feed_death (
  feed_id integer primary key references feed (id),
  deaths integer not null check (deaths > 0), -- in a row, without a success in between
  last_at integer not null
) strict;
