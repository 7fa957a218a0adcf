// A real Better Auth server and Latchwork on one database: each takes what the other made.
// Usage: node peer.mjs <origin of Latchwork> <database URL> <secret> <who comes first>

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { toNodeHandler } from "better-auth/node";
import { bearer, jwt } from "better-auth/plugins";
import { createLocalJWKSet, jwtVerify } from "jose";
import pg from "pg";
import { browser } from "./browser.mjs";

const [ours, database, secret, first] = process.argv.slice(2);
const password = "correct horse battery";

const pool = new pg.Pool({ connectionString: database });
let mailed = null;
// The address that both are reached at is ours, as it is with a proxy in front of both.
const peer = betterAuth({
  database: pool,
  secret,
  baseURL: ours,
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  emailAndPassword: {
    enabled: true,
    sendResetPassword: async ({ token }) => {
      mailed = token;
    },
  },
  plugins: [jwt(), bearer()],
});
const server = createServer(toNodeHandler(peer));
await new Promise((started) => server.listen(0, "127.0.0.1", started));
const theirs = `http://127.0.0.1:${server.address().port}`;

/** One person's browser, which sends the same cookies to both. */
function person() {
  const { fetch } = browser(ours);
  return async (base, method, path, body) => {
    const response = await fetch(`${base}/api/auth/${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
}

async function good(answer) {
  const { status, body } = await answer;
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

const [here, there] = first === "latchwork" ? [ours, theirs] : [theirs, ours];

// A session that one began is the same to the other, and its name can be changed at either.
const email = "ann@example.com";
const ann = person();
const begun = await good(ann(here, "POST", "sign-up/email", { name: "Ann", email, password }));
const seen = await good(ann(there, "GET", "get-session"));
assert.deepEqual(seen.user, begun.user);
assert.equal(seen.session.token, begun.token);
await good(ann(there, "POST", "update-user", { name: "Ann B" }));
assert.equal((await good(ann(here, "GET", "get-session"))).user.name, "Ann B");

// A password that one hashed is right for the other.
for (const base of [there, here]) {
  await good(person()(base, "POST", "sign-in/email", { email, password }));
  const wrong = await person()(base, "POST", "sign-in/email", { email, password: "wrong password" });
  assert.equal(wrong.status, 401);
  assert.equal(wrong.body.code, "INVALID_EMAIL_OR_PASSWORD");
}

// The key that the first one made signs for both, and both publish it.
const keys = await good(ann(here, "GET", "jwks"));
assert.deepEqual((await good(ann(there, "GET", "jwks"))).keys.map(({ kid }) => kid), keys.keys.map(({ kid }) => kid));
assert.equal((await pool.query("select from jwks")).rowCount, 1);
for (const base of [here, there]) {
  const { token } = await good(ann(base, "GET", "token"));
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { issuer: ours, audience: ours });
  assert.equal(payload.sub, begun.user.id);
  const tasks = await fetch(`${ours}/api/tasks`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(tasks.status, 200, await tasks.text());
}

// A link that theirs mailed gives a new password at ours.
await good(ann(theirs, "POST", "request-password-reset", { email, redirectTo: "/reset" }));
const renewed = "another horse battery";
await good(person()(ours, "POST", "reset-password", { token: mailed, newPassword: renewed }));
await good(ann(theirs, "POST", "sign-in/email", { email, password: renewed }));

// A session that one ended is over at the other, and so is the token that ours made from it.
const { token } = await good(ann(ours, "GET", "token"));
await good(ann(there, "POST", "sign-out", {}));
assert.equal(await good(ann(here, "GET", "get-session")), null);
const late = await fetch(`${ours}/api/tasks`, { headers: { authorization: `Bearer ${token}` } });
assert.equal((await late.json()).code, "session.ended");

server.close();
server.closeAllConnections();
await pool.end();
console.log("ok");
