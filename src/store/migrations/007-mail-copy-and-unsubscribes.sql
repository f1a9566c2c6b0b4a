-- The HTML of an edition is its full copy; what mail programs would clip is frozen a second time, cut to their size.
create table edition_body_new (
  edition_id integer not null references edition (id),
  format text not null check (format in ('md', 'html', 'text', 'json', 'mail')),
  body text not null,
  primary key (edition_id, format)
) strict, without rowid;
insert into edition_body_new (edition_id, format, body) select edition_id, format, body from edition_body;
drop trigger edition_body_is_frozen;
drop table edition_body;
alter table edition_body_new rename to edition_body;
create trigger edition_body_is_frozen before update on edition_body begin
  select raise(abort, 'an issued edition never changes');
end;

-- Who no longer wants a digest by mail. A row goes when somebody is taken back.
create table unsubscribe (
  digest_id text not null,
  recipient text not null, -- as digests.yaml spells the address
  at integer not null,
  primary key (digest_id, recipient)
) strict, without rowid;
