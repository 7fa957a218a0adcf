-- What stands before every transaction was parsed and planned anew each time: Postgres keeps no
-- plan of a function in the language "sql" that it cannot write into the query. In PL/pgSQL the
-- plans live as long as the connection, with or without a pooler, and no build sees a difference.

create or replace function latchwork_is_live(
  acting_user text, acting_session text, at timestamptz,
  born_after timestamptz, used_after timestamptz
) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if acting_session is null then
    return exists (select from "user" where id = acting_user);
  elsif acting_session like 'grant\_%' then
    return exists (
      select from grants
      where id = acting_session and user_id = acting_user and expires_at > coalesce(at, now())
    );
  end if;
  return exists (
    select from "session"
    where id = acting_session and "userId" = acting_user
      and "expiresAt" > coalesce(at, now())
      and (born_after is null or "createdAt" > born_after)
      and (used_after is null or "updatedAt" > used_after)
  );
end
$$;

-- A program's call begins with this: its live grant by the id and the person of a verified token,
-- or by the hash of a personal token, and the moment written down if the last one is old. One
-- statement instead of a transaction that shows what is asked for; past the wall, which would show
-- the same row to whoever names it.
create function latchwork_use_grant(
  asked text, owner text, hash text, at timestamptz, worth_writing timestamptz
) returns setof grants
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  held grants;
begin
  if hash is null then
    select * into held from grants
      where id = asked and user_id = coalesce(owner, user_id) and expires_at > at;
  else
    select * into held from grants where token_hash = hash and expires_at > at;
  end if;
  if held.id is null then
    return;
  end if;
  if held.last_used_at is null or held.last_used_at < worth_writing then
    update grants set last_used_at = at where id = held.id;
  end if;
  return next held;
end
$$;
