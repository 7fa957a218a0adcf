-- Old events are swept, items stay. A swept run is answered with "gone" instead of being followed.

alter table runs add column swept boolean not null default false;

drop index runs_finished;
create index runs_to_sweep on runs (finished_at) where finished_at is not null and not swept;

-- On nobody's behalf and past the wall: it looks at ages alone, and never at what is younger than
-- an hour, whoever calls it.
create function latchwork_sweep(before timestamptz, step bigint,
  out runs bigint, out events bigint, out files bigint)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with limits as (
    select least(before, now() - interval '1 hour') as oldest
  ), old as (
    select r.id from runs r, limits where r.finished_at < limits.oldest and not r.swept
    order by r.finished_at limit step for update of r skip locked
  ), marked as (
    update runs set swept = true from old where runs.id = old.id returning runs.id
  ), gone as (
    delete from run_events using marked where run_id = marked.id returning 1
  ), unused as (
    delete from attachments where id in (
      select a.id from attachments a, limits
      where a.thread_id is null and a.created_at < limits.oldest limit step)
    returning 1
  )
  select (select count(*) from marked), (select count(*) from gone), (select count(*) from unused)
$$;
