"""The service: `uvicorn app:app`."""

from contextlib import asynccontextmanager

from chatkit.server import StreamingResult
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from sqlmodel import select

import tables
from assistant import Chat
from identity import CurrentUser
from store import PostgresStore
from tables import Task


@asynccontextmanager
async def lifespan(app: FastAPI):
    await tables.create()
    yield
    await tables.engine.dispose()


app = FastAPI(lifespan=lifespan)
chat = Chat(PostgresStore())


@app.post("/api/chatkit")
async def chatkit(request: Request, user: CurrentUser):
    result = await chat.process(await request.body(), {"user": user})
    if isinstance(result, StreamingResult):
        return StreamingResponse(result, media_type="text/event-stream")
    return Response(content=result.json, media_type="application/json")


@app.get("/api/tasks")
async def tasks_of(user: CurrentUser, limit: int = 100) -> list[Task]:
    query = select(Task).where(Task.user_id == user).order_by(Task.id).limit(limit)
    async with tables.session() as db:
        return list((await db.exec(query)).all())
