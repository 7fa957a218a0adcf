-- So many of everything for one person. The words in braces are replaced.

insert into task (user_id, title, completed, created_at)
select '{user}', 'task ' || n, n % 5 = 0, now() - n * interval '1 hour'
from generate_series(1, {count}) as n;

insert into thread (id, user_id, created_at, data)
select 'thr_' || n, '{user}', at, json_build_object(
  'id', 'thr_' || n, 'title', 'Conversation ' || n, 'created_at', at at time zone 'utc',
  'status', json_build_object('type', 'active'), 'metadata', json_build_object())
from generate_series(1, {count}) as n, lateral (select now() - n * interval '1 minute') as m (at);

analyze task, thread;
