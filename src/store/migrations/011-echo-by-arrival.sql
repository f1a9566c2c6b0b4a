-- Reports are forgotten by when they came and not by what they are dated: what an outlet lists from years back may be copied today.
alter table echo add column seen_at integer not null default 0;
update echo set seen_at = at;
drop index echo_by_story;
create index echo_by_story on echo (story_id, seen_at) where story_id is not null;

-- The indexes as they stood after the report `after_id`, so that a start reads a few long runs of bytes instead of every report.
-- Nothing is lost without it: whatever does not fit (another version, stories changed by hand since, a wrong checksum) is not used.
create table echo_snapshot (
  id integer primary key check (id = 1),
  version integer not null, -- of the bytes: see jobs/echo-snapshot.ts
  after_id integer not null,
  change_id integer not null, -- the last change of stories by hand that it knows
  copies blob not null,
  stories blob not null,
  checksum integer not null
) strict;
