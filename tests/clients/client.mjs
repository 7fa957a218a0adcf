// The official client with its JWT plugin, unchanged, against a running Latchwork.
// Usage: node client.mjs <origin>

import assert from "node:assert/strict";
import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { createLocalJWKSet, jwtVerify } from "jose";
import { browser } from "./browser.mjs";

const [origin] = process.argv.slice(2);

function client() {
  const { fetch, jar } = browser(origin);
  const auth = createAuthClient({
    baseURL: origin,
    plugins: [jwtClient()],
    fetchOptions: { customFetchImpl: fetch },
  });
  return { auth, jar };
}

/** The data of an answer that must be a success. */
async function good(answer) {
  const { data, error } = await answer;
  assert.equal(error, null, JSON.stringify(error));
  return data;
}

/** The error of an answer that must be a refusal. */
async function refused(answer, status, code) {
  const { data, error } = await answer;
  assert.equal(data, null);
  assert.equal(error.status, status, JSON.stringify(error));
  assert.equal(error.code, code);
  assert.ok(error.message.length > 0);
}

const email = "ann@example.com";
const password = "correct horse battery";
const ann = client();

// Nobody is signed in.
assert.equal(await good(ann.auth.getSession()), null);
await refused(ann.auth.token(), 401, "UNAUTHORIZED");

// Signing up signs in.
const signedUp = await good(ann.auth.signUp.email({ name: "Ann", email, password }));
assert.equal(signedUp.user.email, email);
assert.ok(signedUp.user.createdAt instanceof Date);
await refused(
  client().auth.signUp.email({ name: "Ann", email, password }),
  422,
  "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
);
await refused(
  client().auth.signUp.email({ name: "Bob", email: "bob@example.com", password: "short" }),
  400,
  "PASSWORD_TOO_SHORT",
);
const session = await good(ann.auth.getSession());
assert.equal(session.user.id, signedUp.user.id);
assert.equal(session.session.userId, signedUp.user.id);
assert.ok(session.session.expiresAt > new Date());

// The token verifies against the published keys, and opens the other functions.
const { token } = await good(ann.auth.token());
const keys = await good(ann.auth.jwks());
const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
  issuer: origin,
  audience: origin,
});
assert.equal(payload.sub, signedUp.user.id);
const tasks = (bearer) =>
  fetch(`${origin}/api/tasks`, { headers: { authorization: `Bearer ${bearer}` } });
assert.equal((await tasks(token)).status, 200);

// A second device.
const phone = client();
await refused(phone.auth.signIn.email({ email, password: "wrong password" }), 401, "INVALID_EMAIL_OR_PASSWORD");
const signedIn = await good(phone.auth.signIn.email({ email, password }));
assert.equal(signedIn.redirect, false);
const { token: phoneToken } = await good(phone.auth.token());
const sessions = await good(ann.auth.listSessions());
assert.equal(sessions.length, 2);
const ofPhone = sessions.find((other) => other.token === signedIn.token);
assert.deepEqual(await good(ann.auth.revokeSession({ token: ofPhone.token })), { status: true });
assert.equal(await good(phone.auth.getSession()), null);
const late = await tasks(phoneToken);
assert.equal(late.status, 401);
assert.equal((await late.json()).code, "session.ended");

// The account.
await good(ann.auth.updateUser({ name: "Ann B" }));
assert.equal((await good(ann.auth.getSession())).user.name, "Ann B");
await good(ann.auth.changeEmail({ newEmail: "ann.b@example.com" }));
const next = "another horse battery";
await refused(
  ann.auth.changePassword({ currentPassword: "wrong password", newPassword: next }),
  400,
  "INVALID_PASSWORD",
);
const changed = await good(
  ann.auth.changePassword({ currentPassword: password, newPassword: next, revokeOtherSessions: true }),
);
assert.equal(changed.user.email, "ann.b@example.com");
assert.equal((await tasks(token)).status, 401);
const accounts = await good(ann.auth.listAccounts());
assert.deepEqual(accounts.map(({ providerId }) => providerId), ["credential"]);

// Signing out, in again for the browser session only, and out everywhere.
assert.deepEqual(await good(ann.auth.signOut()), { success: true });
assert.equal(ann.jar.size, 0);
await good(ann.auth.signIn.email({ email: "ann.b@example.com", password: next, rememberMe: false }));
assert.deepEqual([...ann.jar.keys()].sort(), ["better-auth.dont_remember", "better-auth.session_token"]);
await good(ann.auth.revokeOtherSessions());
assert.equal((await good(ann.auth.listSessions())).length, 1);
await good(ann.auth.revokeSessions());
assert.equal(await good(ann.auth.getSession()), null);

// The end.
await good(ann.auth.signIn.email({ email: "ann.b@example.com", password: next }));
const deleted = await good(ann.auth.deleteUser({ password: next }));
assert.equal(deleted.success, true);
await refused(ann.auth.signIn.email({ email: "ann.b@example.com", password: next }), 401, "INVALID_EMAIL_OR_PASSWORD");
console.log("ok");
