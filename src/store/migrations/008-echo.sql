-- What copies and stories are told by, as it was when each report came: a start reads it instead of analysing the texts again.
-- Reports that can no longer be copied, of stories that are over, are forgotten.
create table echo (
  id integer primary key, -- in the order in which they came
  article_id integer not null references article (id), -- of a copy or a revised text the article it belongs to
  story_id integer, -- null for copies and revised texts
  source_id text not null,
  at integer not null, -- published, or first seen
  language text,
  report blob not null -- see pipeline/kept-report.ts
) strict;
create index echo_by_story on echo (story_id, at) where story_id is not null;

-- An article that is moved to another story takes its report along.
create trigger echo_follows_article after update of story_id on article
begin
  update echo set story_id = new.story_id where story_id = old.story_id and article_id = new.id;
end;

-- What was learned of words and headlines from all reports up to `after_id`, also from those forgotten since.
create table echo_memory (
  id integer primary key check (id = 1),
  after_id integer not null,
  last_article_id integer not null, -- younger ones were stored by a program that keeps no reports
  taken_at integer not null,
  words blob not null, -- how many reports had each word
  stems blob not null,
  titles blob not null, -- when each source used each headline
  heard text not null check (json_valid(heard)) -- reports by language
) strict;
