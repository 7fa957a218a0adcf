-- A message first asks whether a turn of its conversation is not over, and whether the same message
-- is being answered. Both walked through every turn that the conversation, or the person, ever had:
-- of a conversation with 50,000 turns a message took twice as long as of a short one.
create index runs_live on runs (user_id, thread_id)
  where status in ('queued', 'running', 'waiting');
