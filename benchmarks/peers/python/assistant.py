"""The conversation: ChatKit's server around an agent that has one tool."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from agents import (
    Agent,
    OpenAIChatCompletionsModel,
    RunContextWrapper,
    Runner,
    function_tool,
    set_tracing_disabled,
)
from chatkit.agents import AgentContext, ThreadItemConverter, stream_agent_response
from chatkit.server import ChatKitServer
from chatkit.types import (
    AssistantMessageItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)
from openai import AsyncOpenAI
from pydantic import BaseModel

from tables import Task, session

# Its traces would go to another server.
set_tracing_disabled(True)


class NewTask(BaseModel):
    title: str


@function_tool
async def add_tasks(context: RunContextWrapper[AgentContext], tasks: list[NewTask]) -> list[int]:
    """Adds tasks to the list of the person who asks.

    Args:
        tasks: What is to be done.
    """
    now, user = datetime.now(UTC), context.context.request_context["user"]
    rows = [Task(user_id=user, title=task.title, created_at=now) for task in tasks]
    async with session() as db:
        db.add_all(rows)
        await db.commit()
    return [row.id for row in rows]


model = OpenAIChatCompletionsModel(
    model=os.environ["OPENAI_MODEL"],
    openai_client=AsyncOpenAI(base_url=os.environ["OPENAI_BASE_URL"], api_key="none"),
)
assistant = Agent[AgentContext](
    name="Assistant",
    instructions="You keep the task list of the person you talk to.",
    model=model,
    tools=[add_tasks],
)

# As many as ChatKit's own examples tell the model.
HISTORY = 20


class Converter(ThreadItemConverter):
    """Chat Completions takes an earlier answer as plain text."""

    async def assistant_message_to_input(self, item: AssistantMessageItem):
        text = "".join(part.text for part in item.content)
        return {"role": "assistant", "content": text}


converter = Converter()


class Chat(ChatKitServer[dict]):
    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: dict
    ) -> AsyncIterator[ThreadStreamEvent]:
        page = await self.store.load_thread_items(thread.id, None, HISTORY, "desc", context)
        said = await converter.to_agent_input(list(reversed(page.data)))
        around = AgentContext(thread=thread, store=self.store, request_context=context)
        result = Runner.run_streamed(assistant, said, context=around)
        # Chat Completions gives answers no id, and the SDK gives all of them the same.
        own = self.store.generate_item_id("message", thread, context)
        async for event in stream_agent_response(around, result):
            match event:
                case ThreadItemAddedEvent() | ThreadItemDoneEvent():
                    event.item.id = own
                case ThreadItemUpdatedEvent():
                    event.item_id = own
            yield event
