-- What an owner can stop at once, without a deployment: every call of a model, or every change. A
-- row is a switch that is on. It is read along with what is read anyway, so it costs no round trip.

create table switches (
  name text primary key check (name in ('models_off', 'read_only')),
  set_at timestamptz not null
);

-- Makes the rest of the transaction one that reads, if nothing may be changed, and says so. It is
-- Postgres that refuses what would write then, whichever way it came. "forced" is the word of the
-- environment; null lets what must always work pass: signing in and out.
create function latchwork_hold_still(forced boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if forced or (forced is not null and exists (select from switches where name = 'read_only')) then
    perform set_config('transaction_read_only', 'on', true);
    return true;
  end if;
  return false;
end
$$;

-- The first statement of every transaction on a person's behalf: what "latchwork_admit" checks, and
-- nothing is changed while nothing may be. Says whether that is so.
create function latchwork_let_in(
  acting_user text, acting_session text, at timestamptz,
  born_after timestamptz, used_after timestamptz, most integer, forced boolean
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform latchwork_admit(acting_user, acting_session, at, born_after, used_after, most);
  return latchwork_hold_still(forced);
end
$$;
