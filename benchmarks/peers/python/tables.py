"""What Postgres keeps: tasks, conversations and what was said in them."""

from datetime import datetime

from sqlalchemy import JSON, Column, DateTime, Index
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

# Where the database is, is told by PGHOST, PGUSER and PGDATABASE.
engine = create_async_engine("postgresql+asyncpg://", pool_size=8)


class Task(SQLModel, table=True):
    __table_args__ = (Index("task_of_user", "user_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: str
    title: str
    completed: bool = False
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True)))


class Thread(SQLModel, table=True):
    __table_args__ = (Index("thread_of_user", "user_id", "created_at", "id"),)

    id: str = Field(primary_key=True)
    user_id: str
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True)))
    data: dict = Field(sa_column=Column(JSON))


class Item(SQLModel, table=True):
    __table_args__ = (Index("item_of_thread", "thread_id", "created_at", "id"),)

    id: str = Field(primary_key=True)
    thread_id: str = Field(foreign_key="thread.id", ondelete="CASCADE")
    user_id: str
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True)))
    data: dict = Field(sa_column=Column(JSON))


def session() -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False)


async def create() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
