-- A page of a list by title, and a search for words, read all of a person's tasks. Postgres asks an
-- index only what gives nothing away about rows of others, which row-level security would hide:
-- comparing columns does not, and neither "lower" nor "@@" is known not to.

-- The table is written anew for this, a few seconds for a hundred thousand tasks. An older build
-- never names the column, and sorts by title as it did before there was an index.
alter table tasks add column title_key text generated always as (lower(title)) stored;

drop index tasks_by_title;
create index tasks_by_title on tasks (user_id, title_key, id) where deleted_at is null;

-- The tasks of the person that the transaction acts for which have all these words, as "to_tsquery"
-- reads them; no more than so many. Past the wall, so that it may ask the index of words, and for
-- nobody but that person. Planned anew at each call: it depends on how common the words are whether
-- that index helps.
create function latchwork_found(words text, most integer) returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found integer[];
begin
  execute 'select array(
      select id from tasks where user_id = $1 and search @@ to_tsquery(''simple'', $2) limit $3)'
    into found using latchwork_acting_user(), words, most;
  return found;
end
$$;
