"""MCP's official Python client of the second generation, unchanged, by OAuth, on both revisions.
Usage: python mcp2.py <origin>"""

import asyncio
import sys

import httpx2
from mcp.client import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata
from mcp.types import ElicitResult

from person import Person, Storage

origin = sys.argv[1]
url = f"{origin}/api/mcp"
ann = Person(origin, "python2")


def provider():
    told = {}

    async def redirected(place):
        told.update(ann.consent(place))

    async def answered():
        return AuthorizationCodeResult(code=told["code"], state=told.get("state"), iss=told.get("iss"))

    callback = "http://127.0.0.1:4598/callback"
    metadata = OAuthClientMetadata(client_name="Python", redirect_uris=[callback])
    return OAuthClientProvider(url, metadata, Storage(), redirected, answered)


async def agreed(*_):
    return ElicitResult(action="accept", content={})


async def use(mode):
    async with httpx2.AsyncClient(auth=provider()) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode=mode, elicitation_callback=agreed) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            assert "add_tasks" in names, names
            task = {"title": f"By {mode}"}
            added = await client.call_tool("add_tasks", {"tasks": [task]})
            task = added.structured_content["tasks"][0]
            assert task["title"] == f"By {mode}", added
            deleted = await client.call_tool("delete_tasks", {"ids": [task["id"]]})
            confirm = deleted.structured_content.get("confirm")
            if mode == "auto":
                # Asked within the call, and agreed.
                assert confirm is None, deleted
            else:
                again = {"ids": [task["id"]], "confirm": confirm}
                deleted = await client.call_tool("delete_tasks", again)
            assert deleted.structured_content["tasks"][0]["deleted"], deleted


asyncio.run(use("auto"))
asyncio.run(use("legacy"))
print("ok")
