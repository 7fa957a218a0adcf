-- What sign-ins leave behind is swept, too, once its time is over: sessions, mailed links, grants
-- with their codes, counts. Better Auth leaves its rows of these tables for ever; to it they are
-- over as well.

create index "session_over" on "session" ("expiresAt");
create index "verification_over" on "verification" ("expiresAt");

-- On nobody's behalf and past the wall, so it takes what was over an hour ago and nothing else,
-- whoever calls it and whatever time they say it is.
create function latchwork_sweep_sign_ins(at timestamptz, step bigint,
  out sessions bigint, out links bigint, out programs bigint, out counts bigint)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with moment as (
    select least(at, now()) - interval '1 hour' as over
  ), ended as (
    delete from "session" where "id" in (
      select s."id" from "session" s, moment where s."expiresAt" < over limit step)
    returning 1
  ), unopened as (
    delete from "verification" where "id" in (
      select v."id" from "verification" v, moment where v."expiresAt" < over limit step)
    returning 1
  ), withdrawn as (
    delete from grants where id in (
      select g.id from grants g, moment where g.expires_at < over limit step)
    returning 1
  ), codes as (
    delete from oauth_codes where hash in (
      select c.hash from oauth_codes c, moment where c.expires_at < over limit step)
    returning 1
  ), refreshed as (
    delete from oauth_refresh_tokens where hash in (
      select t.hash from oauth_refresh_tokens t, moment where t.expires_at < over limit step)
    returning 1
  ), of_places as (
    delete from rate_limits where key in (
      select l.key from rate_limits l, moment where l.resets_at < over limit step
      for update of l skip locked)
    returning 1
  ), of_people as (
    delete from request_counts where user_id in (
      select r.user_id from request_counts r, moment where r.resets_at < over limit step
      for update of r skip locked)
    returning 1
  ), failures as (
    delete from sign_in_attempts where key in (
      select a.key from sign_in_attempts a, moment
      where a.last_at < over - interval '1 day' and a.locked_until < over limit step
      for update of a skip locked)
    returning 1
  )
  select
    (select count(*) from ended),
    (select count(*) from unopened),
    (select count(*) from withdrawn) + (select count(*) from codes)
      + (select count(*) from refreshed),
    (select count(*) from of_places) + (select count(*) from of_people)
      + (select count(*) from failures)
$$;
