-- Conversations, and the durable execution of each turn.

create table threads (
  user_id text not null references "user" (id) on delete cascade,
  id text not null primary key,
  title text,
  status jsonb not null default '{"type": "active"}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (user_id, id)
);

create index threads_newest on threads (user_id, created_at desc, id desc);

create table items (
  user_id text not null,
  thread_id text not null,
  id text not null,
  -- Order within the thread; a thread has one writer at a time, so it follows the clock.
  position bigint generated always as identity,
  created_at timestamptz not null,
  run_id text,
  -- The item as ChatKit writes it.
  body jsonb not null,
  primary key (thread_id, id),
  foreign key (user_id, thread_id) references threads (user_id, id) on delete cascade
);

create unique index items_in_order on items (thread_id, position);

-- One run is one turn: the person's message and everything that answers it. The process that
-- works on it holds a lease and the fence number it was given with the lease; when the lease is
-- over, another takes the next fence number and goes on from "state", and what the first still
-- tries to write is refused.
create table runs (
  user_id text not null,
  id text not null primary key,
  thread_id text not null,
  -- The message, as an item; it joins the thread when its turn begins.
  user_item jsonb not null,
  client_key text not null,
  request_hash bytea not null,
  status text not null,
  fence integer not null default 1,
  lease_until timestamptz not null,
  stop_requested boolean not null default false,
  last_event bigint not null default 0,
  -- The loop's own state, from which any process can continue.
  state jsonb not null,
  -- The sign-in that asked; the turn ends when it is revoked.
  session_id text,
  -- A regenerated answer took this one's place: it is no part of the conversation any more.
  superseded boolean not null default false,
  time_zone text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  foreign key (user_id, thread_id) references threads (user_id, id) on delete cascade,
  constraint runs_status
    check (status in ('queued', 'running', 'waiting', 'done', 'stopped', 'failed')),
  -- Idempotent sends: a repeat of a request finds the run of the first.
  unique (user_id, client_key)
);

create unique index runs_one_at_a_time on runs (thread_id) where status in ('running', 'waiting');
create index runs_of_thread on runs (thread_id, created_at, id);

-- What the stream of the run says, frame by frame and without gaps. "body" is text and not jsonb,
-- so that a replay is the same bytes.
create table run_events (
  user_id text not null references "user" (id) on delete cascade,
  run_id text not null references runs (id) on delete cascade,
  seq bigint not null,
  body text not null,
  primary key (run_id, seq)
);
