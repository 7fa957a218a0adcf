-- Recurrence, reminders, subtasks, order by hand, full-text search, and what undo needs.

alter table tasks
  add column recurrence text,
  add column reminder integer,
  add column parent_id integer,
  -- A key between any two others can always be found, so nothing is ever renumbered. Until a task
  -- is moved, its place is that of its number.
  add column position text collate "C" not null default '',
  -- What lists are sorted by. A day without a time comes after the times of that day.
  add column due_key timestamp generated always as
    (coalesce(due_date + coalesce(due_time, time '24:00'), timestamp 'infinity')) stored,
  add column rank smallint generated always as
    (case priority when 'high' then 0 when 'medium' then 1 when 'low' then 2 else 3 end) stored,
  add column search tsvector generated always as
    (to_tsvector('simple', title || ' ' || description)) stored,
  add constraint tasks_parent foreign key (user_id, parent_id) references tasks (user_id, id),
  add constraint tasks_parent_is_another check (parent_id is null or parent_id <> id),
  add constraint tasks_recurrence check (recurrence is null or due_date is not null),
  add constraint tasks_reminder check (reminder is null or reminder between 0 and 40320);

update tasks set position = 'n' || lpad(id::text, 9, '0') where position = '';

alter table task_changes
  add column action bigint,
  add column undoes bigint,
  -- The change that took this one back and was not itself taken back.
  add column undone_by bigint;

update task_changes set action = seq where action is null;

-- How many tasks are outside the bin, so that the limit costs no counting.
alter table task_counters add column live bigint not null default 0;

update task_counters set live = (
  select count(*) from tasks
  where tasks.user_id = task_counters.user_id and deleted_at is null
);

create index tasks_open_by_position on tasks (user_id, position, id)
  where completed_at is null and deleted_at is null;
create index tasks_open_by_due on tasks (user_id, due_key, id)
  where completed_at is null and deleted_at is null;
create index tasks_open_by_rank on tasks (user_id, rank, due_key, id)
  where completed_at is null and deleted_at is null;
create index tasks_completed on tasks (user_id, completed_at desc, id desc)
  where completed_at is not null and deleted_at is null;
create index tasks_live on tasks (user_id, position, id) where deleted_at is null;
create index tasks_updated on tasks (user_id, updated_at, id) where deleted_at is null;
create index tasks_children on tasks (user_id, parent_id) where parent_id is not null;
create index tasks_search on tasks using gin (search);
create index task_changes_by_action on task_changes (user_id, action);
create index task_changes_of_run on task_changes (user_id, (actor ->> 'run_id'))
  where actor ? 'run_id';
