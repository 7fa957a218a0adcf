-- What belongs to a conversation beside its items: feedback, attachments, a summary of what is too
-- old to be told to the model, and a search over it.

alter table items
  -- Kept for the model, and never sent to a client.
  add column hidden boolean generated always as
    (body ->> 'type' in ('hidden_context_item', 'sdk_hidden_context')) stored,
  -- What people said and were answered; other items have no texts of this kind.
  add column search tsvector generated always as
    (to_tsvector('simple', jsonb_path_query_array(body, '$.content[*].text'))) stored;

create index items_search on items using gin (search);

create table item_feedback (
  user_id text not null references "user" (id) on delete cascade,
  thread_id text not null,
  item_id text not null,
  kind text not null,
  at timestamptz not null,
  primary key (thread_id, item_id),
  foreign key (thread_id, item_id) references items (thread_id, id) on delete cascade,
  constraint item_feedback_kind check (kind in ('positive', 'negative'))
);

-- Small files. The content comes after the row, by a request of its own; a row without content, or
-- one that no message took, is swept after a day.
create table attachments (
  user_id text not null references "user" (id) on delete cascade,
  id text not null primary key,
  thread_id text,
  name text not null,
  mime_type text not null,
  size integer not null,
  content bytea,
  created_at timestamptz not null,
  foreign key (user_id, thread_id) references threads (user_id, id) on delete cascade,
  constraint attachments_size check (size between 1 and 1048576),
  constraint attachments_content check (octet_length(content) = size)
);

create index attachments_of_user on attachments (user_id);
create index attachments_unused on attachments (created_at) where thread_id is null;

-- What the model is told of the turns up to the one named; newer turns are told as they were.
alter table threads
  add column summary text,
  add column summary_upto text;

-- For the sweep of old events.
create index runs_finished on runs (finished_at) where finished_at is not null;
