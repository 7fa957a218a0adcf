-- Beside Better Auth's own tables, which the database has.

create table if not exists task (
  id bigint generated always as identity primary key,
  user_id text not null,
  title text not null,
  completed boolean not null default false,
  created_at timestamptz not null default now()
);

create index if not exists task_of_user on task (user_id, id);

create table if not exists "rateLimit" (
  "id" text not null primary key,
  "key" text not null unique,
  "count" integer not null,
  "lastRequest" bigint not null
);
