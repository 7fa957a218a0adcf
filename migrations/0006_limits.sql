-- Limits, counted where every process sees them. Each count is one statement that adds and answers
-- at once, so two requests at the same moment can never both be the last one allowed. The time is
-- the caller's, so that a test can move it.

-- What strangers do, by rule and place: an address, or an e-mail address that need not exist.
-- "key" is a keyed hash, so the table holds nothing that could be read.
create table rate_limits (
  key text primary key,
  count integer not null,
  resets_at timestamptz not null
);

create index rate_limits_over on rate_limits (resets_at);

-- Sign-ins for one e-mail address that have not succeeded. An attempt is counted before its
-- password is looked at, and the row goes with the first success.
create table sign_in_attempts (
  key text primary key,
  count integer not null,
  locked_until timestamptz not null,
  last_at timestamptz not null
);

create index sign_in_attempts_last on sign_in_attempts (last_at);

-- Requests of one person in the current window.
create table request_counts (
  user_id text primary key references "user" (id) on delete cascade,
  count integer not null,
  resets_at timestamptz not null
);

-- Whether a sign-in still holds. A null skips its rule: without "acting_session" the person has
-- only to exist, "born_after" is the end that no use moves, "used_after" the end of idleness.
create function latchwork_is_live(
  acting_user text, acting_session text, at timestamptz,
  born_after timestamptz, used_after timestamptz
) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select case
    when acting_session is null then exists (select from "user" where id = acting_user)
    else exists (
      select from "session"
      where id = acting_session and "userId" = acting_user
        and "expiresAt" > coalesce(at, now())
        and (born_after is null or "createdAt" > born_after)
        and (used_after is null or "updatedAt" > used_after)
    )
  end
$$;

-- Counts a request of a live sign-in, in a transaction of its own before that of the work: a
-- request that fails is counted too, and nobody waits for another's row. Losing the last counts
-- in a crash of the server is no harm, so the commit need not wait for the disk.
create function latchwork_count(
  acting_user text, acting_session text, at timestamptz,
  born_after timestamptz, used_after timestamptz, "window" interval
) returns table (used integer, resets timestamptz)
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  return query
    insert into request_counts as c (user_id, count, resets_at)
    select acting_user, 1, at + "window"
    where latchwork_is_live(acting_user, acting_session, at, born_after, used_after)
    on conflict (user_id) do update set
      count = case when c.resets_at <= at then 1 else c.count + 1 end,
      resets_at = case when c.resets_at <= at then at + "window" else c.resets_at end
    returning c.count, c.resets_at;
end
$$;

-- Follows "latchwork_enter" as the first statement of every transaction on a person's behalf; the
-- older one stays until no build calls it any more. "most" is the limit of the request that was
-- just counted, or null where none was.
create function latchwork_admit(
  acting_user text, acting_session text, at timestamptz,
  born_after timestamptz, used_after timestamptz, most integer
) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not latchwork_is_live(acting_user, acting_session, at, born_after, used_after) then
    raise exception 'the session has ended' using errcode = 'LW401';
  end if;
  if exists (
    select from request_counts
    where user_id = acting_user and count > most and resets_at > at
  ) then
    raise exception 'too many requests' using errcode = 'LW429';
  end if;
  perform set_config('latchwork.user_id', acting_user, true);
end
$$;
