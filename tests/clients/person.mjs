// Somebody in front of a browser who lets programs in.

import assert from "node:assert/strict";
import { browser } from "./browser.mjs";

/** Signs Ann up. Answers with her page's `fetch` and what she does when a program asks. */
export async function person(origin) {
  const page = browser(origin);
  const signedUp = await page.fetch(`${origin}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Ann", email: "ann@example.com", password: "correct horse" }),
  });
  assert.equal(signedUp.status, 200);

  /** Reads the question, agrees, and answers with where the browser is sent to. */
  async function consent(url) {
    const question = await (await page.fetch(url)).text();
    const [, request] = question.match(/name="request" value="([^"]*)"/) ?? assert.fail(`${url}: ${question}`);
    const fields = { request: request.replaceAll("&amp;", "&"), decision: "allow", write: "on" };
    const answer = await page.fetch(`${origin}/api/auth/oauth2/consent`, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    assert.equal(answer.status, 303);
    return new URL(answer.headers.get("location"));
  }

  return { fetch: page.fetch, consent };
}
