-- A second wall. Every query names its owner; should one forget to, Postgres shows it nothing. It
-- holds for roles that do not own the tables, so functions connect as one that owns nothing, while
-- migrations (and a Better Auth of one's own) connect as the owner.

-- Whom the transaction acts for, set by "latchwork_admit". A setting that was set once in a
-- connection is an empty text afterwards, not null.
create function latchwork_acting_user() returns text
language sql stable as $$ select nullif(current_setting('latchwork.user_id', true), '') $$;

-- What was shown before it is known who shows it: the token of a cookie, the address that wants
-- to sign in, the hash of a code. It opens the rows that it names.
create function latchwork_shown() returns text
language sql stable as $$ select nullif(current_setting('latchwork.shown', true), '') $$;

-- Asked in a subquery, each of both is worked out once and not for every row.
do $$
declare
  name text;
begin
  foreach name in array array[
    'attachments', 'grants', 'item_feedback', 'items', 'request_counts', 'run_events', 'runs',
    'task_changes', 'task_counters', 'task_receipts', 'tasks', 'threads'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy own on %I using (user_id = (select latchwork_acting_user()))', name);
  end loop;
end
$$;

alter table "user" enable row level security;
alter table "session" enable row level security;
alter table "account" enable row level security;
alter table "verification" enable row level security;
alter table oauth_codes enable row level security;
alter table oauth_refresh_tokens enable row level security;

create policy own on "user" using ("id" = (select latchwork_acting_user()));
create policy found on "user" for select using (
  "email" = (select latchwork_shown())
  or exists (
    select from "session" s
    where s."userId" = "user"."id" and s."token" = (select latchwork_shown())
  )
);

create policy own on "session" using ("userId" = (select latchwork_acting_user()));
create policy found on "session" using ("token" = (select latchwork_shown()));

create policy own on "account" using ("userId" = (select latchwork_acting_user()));
create policy found on "account" for select using (
  exists (
    select from "user" u where u."id" = "account"."userId" and u."email" = (select latchwork_shown())
  )
);

create policy own on "verification"
  using (split_part("value", E'\n', 1) = (select latchwork_acting_user()));
create policy found on "verification" using ("identifier" = (select latchwork_shown()));

-- Past the wall, because the policies of codes and of grants would ask each other for ever.
create function latchwork_owns_grant(asked text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from grants
    where id = asked and (id = latchwork_shown() or user_id = latchwork_acting_user())
  )
$$;

create policy own on oauth_codes using (latchwork_owns_grant(grant_id));
create policy found on oauth_codes using (hash = (select latchwork_shown()));
create policy own on oauth_refresh_tokens using (latchwork_owns_grant(grant_id));
create policy found on oauth_refresh_tokens using (hash = (select latchwork_shown()));

create policy found on grants using (
  id = (select latchwork_shown())
  or token_hash = (select latchwork_shown())
  or id in (select grant_id from oauth_codes where hash = (select latchwork_shown()))
  or id in (select grant_id from oauth_refresh_tokens where hash = (select latchwork_shown()))
);

-- Whether anybody has let a client in; who, is not told.
create function latchwork_is_let_in(client text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from grants where client_id = client)
$$;
