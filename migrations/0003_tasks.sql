-- Tasks, and every change of them. A task is named by its owner's own number, so the primary key
-- begins with the owner and a number of one person says nothing about another's tasks.

-- One row per person, locked for the length of each write: it gives the next task number and the
-- next change number, so both are without gaps and in the order of commit.
create table task_counters (
  user_id text primary key references "user" (id) on delete cascade,
  last_task integer not null default 0,
  last_change bigint not null default 0
);

create table tasks (
  user_id text not null references "user" (id) on delete cascade,
  id integer not null,
  title text not null,
  description text not null default '',
  priority text not null default 'none',
  tags text[] not null default '{}',
  -- A day, or a day and a time as the clock in "time_zone" shows it: no offset, because "5 pm"
  -- stays 5 pm when clocks change.
  due_date date,
  due_time time(0),
  time_zone text,
  completed_at timestamptz,
  deleted_at timestamptz,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (user_id, id),
  constraint tasks_title check (char_length(title) between 1 and 500),
  constraint tasks_description check (char_length(description) <= 10000),
  constraint tasks_priority check (priority in ('none', 'low', 'medium', 'high')),
  constraint tasks_tags check (cardinality(tags) <= 20),
  constraint tasks_due check (due_time is null or (due_date is not null and time_zone is not null))
);

-- What the assistant, the mouse or an MCP client did, written in the transaction that did it.
-- "before" and "after" hold the task as it goes over the wire.
create table task_changes (
  user_id text not null references "user" (id) on delete cascade,
  seq bigint not null,
  task_id integer not null,
  kind text not null,
  actor jsonb not null,
  at timestamptz not null,
  before jsonb,
  after jsonb not null,
  primary key (user_id, seq)
);

create index task_changes_of_task on task_changes (user_id, task_id, seq);

-- The answer to each write that came with an idempotency key, so that a repeat gets the same
-- answer and changes nothing.
create table task_receipts (
  user_id text not null references "user" (id) on delete cascade,
  key text not null,
  request_hash bytea not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (user_id, key)
);
