-- A list by title read and sorted all of a person's tasks for every page.

create index tasks_by_title on tasks (user_id, lower(title), id) where deleted_at is null;
