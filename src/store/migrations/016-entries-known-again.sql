-- By what the entries that a feed listed are known again, so that they are not read as long as their source is what it was. See
-- feed-seals.ts; null where every entry has to be read.
alter table feed_listing add column seals text;
