// The service: `node server.mjs`, on 127.0.0.1 and PORT.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { toNodeHandler as toMcpHandler } from "@modelcontextprotocol/node";
import { bearerAuthChallengeResponse, createMcpHandler, verifyBearerToken } from "@modelcontextprotocol/server";
import { toNodeHandler } from "better-auth/node";
import { auth, pool, verifier } from "./identity.mjs";
import { listTasks, server } from "./tools.mjs";

const people = toNodeHandler(auth);
const mcp = toMcpHandler(createMcpHandler(server));

async function tasks(request, response) {
  const url = new URL(request.url, "http://localhost");
  const list = await listTasks(request.auth.extra.user, Number(url.searchParams.get("limit") ?? 100));
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list));
}

async function refuse(response, error) {
  const challenge = bearerAuthChallengeResponse(error);
  response.writeHead(challenge.status, Object.fromEntries(challenge.headers)).end(await challenge.text());
}

async function serve(request, response) {
  const [path] = request.url.split("?");
  if (path.startsWith("/api/auth/")) return people(request, response);
  const handler = { "/api/tasks": tasks, "/api/mcp": mcp }[path];
  if (handler === undefined) return response.writeHead(404).end();
  try {
    request.auth = await verifyBearerToken(request.headers.authorization, { verifier });
  } catch (error) {
    return refuse(response, error);
  }
  return handler(request, response);
}

await pool.query(await readFile(new URL("tables.sql", import.meta.url), "utf8"));

createServer((request, response) => {
  serve(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
