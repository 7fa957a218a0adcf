// The official MCP clients, both generations, unchanged: each finds out where to ask, is let in by
// a person, and uses the tools.
// Usage: node mcp.mjs <origin>

import assert from "node:assert/strict";
import { Client as ClientOf1 } from "@modelcontextprotocol/sdk/client/index.js";
import {
  StreamableHTTPClientTransport as TransportOf1,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { person } from "./person.mjs";

const [origin] = process.argv.slice(2);
const endpoint = new URL(`${origin}/api/mcp`);
const callback = "http://127.0.0.1:4599/callback";

const ann = await person(origin);

/** What a program keeps of its sign-in. */
function provider() {
  const kept = {};
  let url;
  return {
    kept,
    get asked() {
      return url;
    },
    redirectUrl: callback,
    clientMetadata: { client_name: "Test client", redirect_uris: [callback] },
    state: () => "a-state",
    clientInformation: () => kept.client,
    saveClientInformation: (client) => void (kept.client = client),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => void (kept.tokens = tokens),
    saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
    codeVerifier: () => kept.verifier,
    saveDiscoveryState: (state) => void (kept.discovery = state),
    discoveryState: () => kept.discovery,
    redirectToAuthorization: (place) => void (url = place),
  };
}

async function use(name, client, transport) {
  const authProvider = provider();
  const first = new transport(endpoint, { authProvider });
  await assert.rejects(client().connect(first), /nauthorized/);
  const told = (await ann.consent(authProvider.asked)).searchParams;
  assert.equal(told.get("state"), "a-state");
  assert.equal(told.get("iss"), `${origin}/api/auth`);
  // The first generation takes the code alone, the second compares who it comes from.
  if (transport === TransportOf1) await first.finishAuth(told.get("code"));
  else await first.finishAuth(told);
  const connected = client();
  await connected.connect(new transport(endpoint, { authProvider }));

  const { tools } = await connected.listTools();
  assert.ok(tools.some((tool) => tool.name === "add_tasks"));
  const added = await connected.callTool({
    name: "add_tasks",
    arguments: { tasks: [{ title: `By ${name}` }] },
  });
  assert.equal(added.structuredContent.tasks[0].title, `By ${name}`);
  const { prompts } = await connected.listPrompts();
  assert.ok(prompts.some((prompt) => prompt.name === "plan_my_day"));
  // A refresh, as when the hour is over.
  authProvider.kept.tokens.access_token = "lapsed.lapsed.lapsed";
  const again = client();
  await again.connect(new transport(endpoint, { authProvider }));
  const listed = await again.callTool({ name: "list_tasks", arguments: {} });
  assert.ok(listed.structuredContent.tasks.length > 0);
  await again.close();
  await connected.close();
}

const info = { name: "test", version: "1" };
await use("v1", () => new ClientOf1(info), TransportOf1);
await use("v2, 2025-11-25", () => new Client(info), StreamableHTTPClientTransport);
const modern = { versionNegotiation: { mode: "auto" }, capabilities: { elicitation: {} } };
await use("v2, 2026-07-28", () => new Client(info, modern), StreamableHTTPClientTransport);
console.log("ok");
