-- Stories changed by hand, or computed again: a log that is only added to, so that each change can be told and undone, and so that
-- a running service sees by the newest id that its memory is out of date.
create table story_change (
  id integer primary key,
  at integer not null,
  who text not null,
  verb text not null check (verb in ('split', 'merge', 'pin', 'undo', 'recluster')),
  reason text not null, -- '' when none was given
  undoes integer unique references story_change (id)
) strict;

create table story_move (
  change_id integer not null references story_change (id),
  article_id integer not null references article (id),
  from_story_id integer not null references story (id),
  to_story_id integer not null references story (id), -- the same one: it was only held there
  from_because text not null, -- why it was where it was
  primary key (change_id, article_id)
) strict, without rowid;
create index story_move_by_article on story_move (article_id, change_id);
create index story_move_from on story_move (from_story_id);
create index story_move_to on story_move (to_story_id);

-- Where people put articles: nothing but another change by hand moves them from there.
create view held_article as
  select m.article_id, m.to_story_id as story_id, max(m.change_id) as change_id
  from story_move m join story_change c on c.id = m.change_id
  where c.verb in ('split', 'merge', 'pin') and not exists (select 1 from story_change u where u.undoes = c.id)
  group by m.article_id;

-- A report that may belong to a further story: the two are linked, never merged.
create table story_link (
  article_id integer not null references article (id),
  story_id integer not null references story (id),
  primary key (article_id, story_id)
) strict, without rowid;
create index story_link_by_story on story_link (story_id);

-- Every decision carries its reason: why an article was no copy of another one, and how a revision was known to be one.
alter table article add column kept_because text;
alter table revision add column because text;

-- An entry that left its feed while an older and a younger one stayed. Nobody told us: it is inferred, and taken back when it returns.
alter table sighting add column withdrawn_at integer;
create index sighting_withdrawn on sighting (withdrawn_at) where withdrawn_at is not null;

-- What a feed listed last: with the entries that are missing from its middle.
create table feed_listing (
  feed_id integer primary key references feed (id),
  at integer not null,
  entries text not null check (json_valid(entries))
) strict;
