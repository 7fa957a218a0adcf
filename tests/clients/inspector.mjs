// The official Inspector's command line, unchanged: it signs in by OAuth, which it does at a terminal
// only, and uses the tools; once more by a personal token.
// Usage: node inspector.mjs <origin>, by Node 22

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { person } from "./person.mjs";

const [origin] = process.argv.slice(2);
const program = "node_modules/.bin/mcp-inspector";
const home = mkdtempSync(join(tmpdir(), "latchwork-inspector-"));
const ann = await person(origin);
const env = {
  ...process.env,
  HOME: home,
  BROWSER: "/bin/true",
  MCP_INSPECTOR_SECRET_STORE: "memory",
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
};

/** Runs a command to its end; what it said. */
async function run(command, args, heard = () => {}) {
  const child = spawn(command, args, { cwd: import.meta.dirname, env, stdio: ["ignore", "pipe", "pipe"] });
  // Should this script fail, nothing is to go on waiting.
  process.on("exit", () => child.kill());
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => heard((said += chunk)));
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0, said);
  return said;
}

async function freePort() {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const endpoint = ["--cli", `${origin}/api/mcp`, "--transport", "http"];

async function byOAuth() {
  const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`;
  const words = [program, ...endpoint, "--callback-url", callback, "--method", "tools/list"];
  let asked = false;
  // `script` gives it a terminal, wide enough for an address in one line.
  const command = `stty cols 4000; ${words.join(" ")}`;
  const said = await run("script", ["-qefc", command, "/dev/null"], async (said) => {
    // It is a link of the terminal, so control characters end it.
    const url = said.match(/(http[!-~]*?oauth2\/authorize\?[!-~]*)[^!-~]/)?.[1];
    if (!url || asked) return;
    asked = true;
    await fetch(await ann.consent(url));
  });
  assert.ok(asked, said);
  assert.match(said, /add_tasks/);
}

async function byToken() {
  const { token: jwt } = await (await ann.fetch(`${origin}/api/auth/token`)).json();
  const made = await fetch(`${origin}/api/auth/grants`, {
    method: "POST",
    headers: { authorization: `Bearer ${jwt}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Inspector" }),
  });
  const { token } = await made.json();
  const header = ["--header", `Authorization: Bearer ${token}`];
  const inspect = (...args) => run(program, [...endpoint, ...header, ...args]);
  // Also a complaint about every schema that some client would not understand.
  await inspect("--method", "tools/list", "--strict");
  await inspect("--method", "tools/list", "--strict", "--protocol-era", "modern");
  const add = ["--tool-name", "add_tasks", "--tool-arg", 'tasks=[{"title":"By the Inspector"}]'];
  assert.match(await inspect("--method", "tools/call", ...add), /By the Inspector/);
  assert.match(await inspect("--method", "resources/read", "--uri", "latchwork://tasks/1"), /Inspector/);
}

await byOAuth();
await byToken();
rmSync(home, { recursive: true });
console.log("ok");
