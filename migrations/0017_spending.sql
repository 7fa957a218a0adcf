-- What models cost, and how much of it a day may have. Money is in millionths of a dollar, days are
-- those of UTC, and the time is the caller's.

-- What one person's turns took. "own" is a model that they pay themselves, whatever its name.
create table model_usage (
  user_id text not null references "user" (id) on delete cascade,
  day date not null,
  model text not null check (length(model) between 1 and 200),
  asked integer not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  cost bigint not null,
  primary key (user_id, day, model)
);

create index model_usage_of_day on model_usage (day);

alter table model_usage enable row level security;
create policy own on model_usage using (user_id = (select latchwork_acting_user()));

-- The cost of everybody's, which outlives an account that is deleted. In parts, so that turns that
-- end at the same moment seldom wait for one another's row.
create table spending (
  day date not null,
  part smallint not null,
  cost bigint not null,
  primary key (day, part)
);

-- What turns that are under way are expected to cost. One that nobody finishes lets go of it by
-- its time.
create table budget_holds (
  run_id text primary key,
  user_id text not null references "user" (id) on delete cascade,
  day date not null,
  cost bigint not null,
  expires_at timestamptz not null
);

create index budget_holds_over on budget_holds (expires_at);

alter table budget_holds enable row level security;
create policy own on budget_holds using (user_id = (select latchwork_acting_user()));

-- Sets aside what a turn is expected to cost, or refuses it before it begins: past the wall, because
-- the budget is everybody's. Those who ask at the same moment go one after the other, for as long as
-- the commit takes, so no two of them can have the same rest. Without a "run" nothing is set aside.
-- A person with a model of their own pays themselves, where "own_models" are let in. Says whether
-- the models are switched off, so that nothing will be spent.
create function latchwork_hold_budget(
  acting_user text, run text, at timestamptz, expected bigint,
  most bigint, most_of_person bigint, own_models boolean
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := (at at time zone 'UTC')::date;
  spent bigint;
begin
  if exists (select from switches where name = 'models_off') then
    return true;
  end if;
  if most is null and most_of_person is null
    or own_models and exists (select from model_keys where user_id = acting_user) then
    return false;
  end if;
  perform pg_advisory_xact_lock(
    hashtextextended(case when most is null then acting_user else '' end, 52827));
  delete from budget_holds where run_id in (
    select h.run_id from budget_holds h where h.expires_at <= at limit 20 for update skip locked);
  select coalesce(sum(s.cost), 0) into spent from spending s where s.day = today;
  spent := spent + coalesce(
    (select sum(h.cost) from budget_holds h where h.day = today and h.expires_at > at), 0);
  if spent + expected > most then
    raise exception 'the budget of the day is spent' using errcode = 'LW402';
  end if;
  select coalesce(sum(u.cost), 0) into spent
  from model_usage u where u.user_id = acting_user and u.day = today;
  spent := spent + coalesce(
    (select sum(h.cost) from budget_holds h
      where h.user_id = acting_user and h.day = today and h.expires_at > at), 0);
  if spent + expected > most_of_person then
    raise exception 'the person''s budget of the day is spent' using errcode = 'LW402';
  end if;
  if run is not null then
    insert into budget_holds (run_id, user_id, day, cost, expires_at)
    values (run, acting_user, today, expected, at + interval '10 minutes');
  end if;
  return false;
end
$$;
