// The official conformance suite, unchanged: its tests of an authorization server, and those of
// both revisions of the protocol. Most of the latter look for tools and resources of their own,
// which a task list does not have. So they are run twice: against the server as it is deployed, where
// `conformance-*.yml` names what needs them, and against a fixture that has them, behind the same
// transport, where `fixture-*.yml` names what nobody can do without sessions. The suite complains of
// a failure that is not named as of a name that passes.
// Usage: node conformance.mjs <origin> <endpoint of the fixture>, by Node 22

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { person } from "./person.mjs";

const [origin, fixture] = process.argv.slice(2);
const program = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
const results = mkdtempSync(join(tmpdir(), "latchwork-conformance-"));
const ann = await person(origin);

/** Runs the suite, which must be content at its end. */
async function suite(args, heard = () => {}) {
  const child = spawn(process.execPath, [program, ...args, "--output-dir", results], {
    cwd: import.meta.dirname,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => heard((said += chunk)));
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0, said);
}

async function post(path, body, token) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(`${origin}${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 201, path);
  return response.json();
}

async function authorization() {
  const port = await freePort();
  const callback = `http://127.0.0.1:${port}/callback`;
  const { client_id } = await post("/api/auth/oauth2/register", { redirect_uris: [callback] });
  const args = ["authorization", "--url", `${origin}/api/auth`, "--client-id", client_id];
  let asked = false;
  await suite([...args, "--resource", `${origin}/api/mcp`, "--port", `${port}`], async (said) => {
    const url = said.match(/(http\S*oauth2\/authorize\?\S*)\s/)?.[1];
    if (!url || asked) return;
    asked = true;
    await fetch(await ann.consent(url));
  });
}

/** The suite sends no token, so it goes through a proxy that adds one. */
async function protocol() {
  const { token: jwt } = await (await ann.fetch(`${origin}/api/auth/token`)).json();
  const { token } = await post("/api/auth/grants", { name: "Conformance" }, jwt);
  const target = new URL(origin);
  const proxy = http.createServer((request, response) => {
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    // Its own address is ours to the suite; any other was written to be refused.
    const own = `127.0.0.1:${proxy.address().port}`;
    if (headers.host === own) headers.host = target.host;
    if (headers.origin === `http://${own}`) headers.origin = origin;
    const { port, hostname } = target;
    const { method, url: path } = request;
    const onward = http.request({ hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${proxy.address().port}/api/mcp`;
  await both(url, "conformance");
  proxy.close();
}

async function both(url, known) {
  for (const revision of ["2026-07-28", "2025-11-25"]) {
    const failures = ["--expected-failures", `${known}-${revision}.yml`];
    await suite(["server", "--url", url, "--requirements", revision, ...failures]);
  }
}

async function freePort() {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

await authorization();
await protocol();
await both(fixture, "fixture");
rmSync(results, { recursive: true });
console.log("ok");
