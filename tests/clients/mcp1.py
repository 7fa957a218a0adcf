"""MCP's official Python client of the first generation, unchanged, by OAuth.
Usage: python mcp1.py <origin>"""

import asyncio
import sys

from mcp import ClientSession
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.auth import OAuthClientMetadata

from person import Person, Storage

origin = sys.argv[1]
ann = Person(origin, "python1")
told = {}


async def redirected(url):
    told.update(ann.consent(url))


async def answered():
    return told["code"], told.get("state")


async def main():
    callback = "http://127.0.0.1:4597/callback"
    metadata = OAuthClientMetadata(client_name="Python", redirect_uris=[callback])
    url = f"{origin}/api/mcp"
    auth = OAuthClientProvider(url, metadata, Storage(), redirected, answered)
    async with streamablehttp_client(url, auth=auth) as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()
            names = [tool.name for tool in (await session.list_tools()).tools]
            assert "add_tasks" in names, names
            task = {"title": "By Python", "due": "tomorrow"}
            added = await session.call_tool("add_tasks", {"tasks": [task]})
            assert added.structuredContent["tasks"][0]["title"] == "By Python", added
            listed = await session.call_tool("list_tasks", {})
            assert len(listed.structuredContent["tasks"]) == 1, listed
            missing = await session.call_tool("complete_tasks", {"ids": [9]})
            assert missing.isError, missing
    assert told["iss"] == f"{origin}/api/auth", told


asyncio.run(main())
print("ok")
