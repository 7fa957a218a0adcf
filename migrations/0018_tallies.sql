-- What happened, in numbers: requests, refusals and turns by hour, with how long they took. Nobody
-- is named. A process gathers for a moment and adds all of it with one statement, so a flood of
-- refused requests is a handful of rows.

create table tallies (
  hour timestamptz not null,
  kind text not null check (kind in ('request', 'turn', 'first_word')),
  -- The route's template with its method, or the model.
  name text not null check (length(name) <= 200),
  -- Of a refusal or failure, or how a turn ended; empty if there is nothing to tell.
  code text not null check (length(code) <= 100),
  -- How many took no longer than each of the bounds that the code has, and longer than the one
  -- before; the last has no bound. The sum of them is how many there were.
  times bigint[] not null,
  primary key (hour, kind, name, code)
);

-- For the owner's page, past the wall: who asked models how much, in numbers.
create function latchwork_usage_since(since date, most integer)
returns table (person text, asked bigint, input_tokens bigint, output_tokens bigint, cost bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.user_id, sum(u.asked)::bigint, sum(u.input_tokens)::bigint,
    sum(u.output_tokens)::bigint, sum(u.cost)::bigint
  from model_usage u where u.day >= since
  group by u.user_id order by 5 desc, 3 desc, 1 limit most
$$;

create function latchwork_usage_of_models(since date)
returns table (model text, asked bigint, input_tokens bigint, output_tokens bigint, cost bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.model, sum(u.asked)::bigint, sum(u.input_tokens)::bigint,
    sum(u.output_tokens)::bigint, sum(u.cost)::bigint
  from model_usage u where u.day >= since
  group by u.model order by 5 desc, 3 desc, 1
$$;
