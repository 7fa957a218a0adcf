-- The first statement of every transaction on a person's behalf. It refuses a session that has
-- ended and tells the rest of the transaction who it acts for, in one round trip with the work
-- itself. The setting ends with the transaction, so it is safe behind a transaction pooler.

create function latchwork_enter(acting_user text, acting_session text) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if acting_session is null then
    perform from "user" where id = acting_user;
  else
    perform from "session"
    where id = acting_session and "userId" = acting_user and "expiresAt" > now();
  end if;
  if not found then
    raise exception 'the session has ended' using errcode = 'LW401';
  end if;
  perform set_config('latchwork.user_id', acting_user, true);
end
$$;
