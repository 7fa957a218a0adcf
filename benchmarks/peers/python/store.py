"""ChatKit's store on Postgres. Every row belongs to a person, who is part of every question."""

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata
from pydantic import TypeAdapter
from sqlmodel import delete, select, tuple_

from tables import Item, Thread, session

items = TypeAdapter(ThreadItem)


def in_order(query, table, order):
    columns = (table.created_at, table.id)
    if order == "desc":
        columns = tuple(column.desc() for column in columns)
    return query.order_by(*columns)


def beyond(query, table, last, order):
    here, there = tuple_(table.created_at, table.id), (last.created_at, last.id)
    return query.where(here < there if order == "desc" else here > there)


async def page_of(query, table, after, limit, order, read) -> Page:
    async with session() as db:
        if after:
            query = beyond(query, table, await db.get_one(table, after), order)
        rows = (await db.exec(in_order(query, table, order).limit(limit + 1))).all()
    has_more, rows = len(rows) > limit, rows[:limit]
    return Page(
        data=[read(row.data) for row in rows],
        has_more=has_more,
        after=rows[-1].id if has_more else None,
    )


class PostgresStore(Store[dict]):
    async def load_thread(self, thread_id: str, context: dict) -> ThreadMetadata:
        async with session() as db:
            row = await db.get(Thread, thread_id)
        if row is None or row.user_id != context["user"]:
            raise NotFoundError(thread_id)
        return ThreadMetadata.model_validate(row.data)

    async def save_thread(self, thread: ThreadMetadata, context: dict) -> None:
        async with session() as db:
            await db.merge(
                Thread(
                    id=thread.id,
                    user_id=context["user"],
                    created_at=thread.created_at.astimezone(),
                    data=thread.model_dump(mode="json"),
                )
            )
            await db.commit()

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: dict
    ) -> Page[ThreadMetadata]:
        query = select(Thread).where(Thread.user_id == context["user"])
        return await page_of(query, Thread, after, limit, order, ThreadMetadata.model_validate)

    async def delete_thread(self, thread_id: str, context: dict) -> None:
        async with session() as db:
            own = (Thread.id == thread_id, Thread.user_id == context["user"])
            await db.exec(delete(Thread).where(*own))
            await db.commit()

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: dict
    ) -> Page[ThreadItem]:
        own = (Item.thread_id == thread_id, Item.user_id == context["user"])
        query = select(Item).where(*own)
        return await page_of(query, Item, after, limit, order, items.validate_python)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: dict) -> None:
        async with session() as db:
            db.add(row_of(item, thread_id, context))
            await db.commit()

    async def save_item(self, thread_id: str, item: ThreadItem, context: dict) -> None:
        async with session() as db:
            await db.merge(row_of(item, thread_id, context))
            await db.commit()

    async def load_item(self, thread_id: str, item_id: str, context: dict) -> ThreadItem:
        async with session() as db:
            row = await db.get(Item, item_id)
        if row is None or row.user_id != context["user"]:
            raise NotFoundError(item_id)
        return items.validate_python(row.data)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: dict) -> None:
        async with session() as db:
            own = (Item.id == item_id, Item.user_id == context["user"])
            await db.exec(delete(Item).where(*own))
            await db.commit()

    # Nothing is attached here.

    async def save_attachment(self, attachment: Attachment, context: dict) -> None:
        raise NotImplementedError

    async def load_attachment(self, attachment_id: str, context: dict) -> Attachment:
        raise NotFoundError(attachment_id)

    async def delete_attachment(self, attachment_id: str, context: dict) -> None:
        raise NotFoundError(attachment_id)


def row_of(item: ThreadItem, thread_id: str, context: dict) -> Item:
    return Item(
        id=item.id,
        thread_id=thread_id,
        user_id=context["user"],
        created_at=item.created_at.astimezone(),
        data=items.dump_python(item, mode="json"),
    )
