-- The snapshot of the indexes in short rows instead of two long values, of which SQLite made two copies whenever they were saved.
-- What was saved before is not kept: the next start takes in the reports one by one, and saves it again.
drop table echo_snapshot;
create table echo_snapshot (
  id integer primary key check (id = 1),
  version integer not null, -- of the bytes: see jobs/echo-snapshot.ts
  after_id integer not null,
  change_id integer not null, -- the last change of stories by hand that it knows
  checksum integer not null -- of the bytes of all rows, in their order
) strict;
create table echo_snapshot_row (
  number integer primary key, -- from 0
  bytes blob not null
) strict;
