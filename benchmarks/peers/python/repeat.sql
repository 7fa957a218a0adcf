-- What was said in a conversation, so many times more. The words in braces are replaced.

insert into item (id, thread_id, user_id, created_at, data)
select id || n, thread_id, user_id, created_at - n * interval '1 minute',
  jsonb_set(data::jsonb, '{id}', to_jsonb(id || n))::json
from item, generate_series(1, {count}) as n
where thread_id = '{thread}';

analyze item;
