-- A person's own model: what answers in the place of the deployment's, in their turns only. The key
-- is sealed under the deployment's secret and bound to its person, server and model, so a row that
-- is copied or pointed elsewhere opens no more. Its last characters are for the eye.

create table model_keys (
  user_id text primary key references "user" (id) on delete cascade,
  model text not null check (length(model) between 1 and 200),
  base_url text not null check (length(base_url) between 1 and 300),
  sealed bytea not null,
  key_end text not null check (length(key_end) <= 4),
  set_at timestamptz not null
);

alter table model_keys enable row level security;
create policy own on model_keys using (user_id = (select latchwork_acting_user()));
