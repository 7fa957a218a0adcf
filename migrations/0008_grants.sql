-- Programs that act on a person's behalf: MCP clients that were let in by OAuth 2.1, and personal
-- access tokens. A grant stands beside a session: tokens name it, every transaction checks it, and
-- whoever deletes it shuts the program out at its next call. What is secret is kept as a hash.

-- Clients by registration (RFC 7591), whose ids are ours, and by a document of their own, whose id
-- is its address. A document is fetched again once it has expired.
create table oauth_clients (
  id text primary key check (length(id) <= 2048),
  name text not null check (length(name) between 1 and 100),
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 20),
  created_at timestamptz not null,
  expires_at timestamptz
);

create table grants (
  id text primary key check (id like 'grant\_%'),
  user_id text not null references "user" (id) on delete cascade,
  -- Null for a personal access token, which has a hash instead.
  client_id text references oauth_clients (id) on delete cascade,
  token_hash text unique,
  name text not null check (length(name) between 1 and 100),
  scopes text not null,
  created_at timestamptz not null,
  -- Null until the client has fetched its first token.
  last_used_at timestamptz,
  expires_at timestamptz not null,
  constraint grants_of_one_kind check ((client_id is null) <> (token_hash is null))
);

create index grants_of_user on grants (user_id, created_at);
create index grants_of_client on grants (client_id);

-- A code that was used stays until it is over: a second use shows that it was stolen.
create table oauth_codes (
  hash text primary key,
  grant_id text not null references grants (id) on delete cascade,
  redirect_uri text not null,
  code_challenge text not null,
  resource text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create index oauth_codes_of_grant on oauth_codes (grant_id);

-- Each is used once. One that was replaced stays, for the same reason.
create table oauth_refresh_tokens (
  hash text primary key,
  grant_id text not null references grants (id) on delete cascade,
  resource text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create index oauth_refresh_tokens_of_grant on oauth_refresh_tokens (grant_id);

-- As before, and for grants, whose names begin unlike those of sessions. An older build never
-- names one.
create or replace function latchwork_is_live(
  acting_user text, acting_session text, at timestamptz,
  born_after timestamptz, used_after timestamptz
) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select case
    when acting_session is null then exists (select from "user" where id = acting_user)
    when acting_session like 'grant\_%' then exists (
      select from grants
      where id = acting_session and user_id = acting_user and expires_at > coalesce(at, now())
    )
    else exists (
      select from "session"
      where id = acting_session and "userId" = acting_user
        and "expiresAt" > coalesce(at, now())
        and (born_after is null or "createdAt" > born_after)
        and (used_after is null or "updatedAt" > used_after)
    )
  end
$$;
