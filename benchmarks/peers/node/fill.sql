-- So many tasks for one person. The words in braces are replaced.

insert into task (user_id, title, completed, created_at)
select '{user}', 'task ' || n, n % 5 = 0, now() - n * interval '1 hour'
from generate_series(1, {count}) as n;

analyze task;
