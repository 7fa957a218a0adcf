// Lets Lighthouse look at the page at the door and at the page of somebody who is signed in, by
// its own mobile profile, and prints one line of JSON for each.
//
// node run.mjs MODULES BROWSER SITE
import { pathToFileURL } from "node:url";

const [modules, chromePath, site] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(`${modules}/${path}`));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const METRICS = {
  "first-contentful-paint": "first paint",
  "largest-contentful-paint": "largest paint",
  "total-blocking-time": "blocked",
  "cumulative-layout-shift": "shift",
  "speed-index": "speed index",
  "total-byte-weight": "bytes",
};

const post = (path, body, headers) =>
  fetch(site + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: site, ...headers },
    body: JSON.stringify(body),
  });

/** Somebody new, with tasks of their own: the cookie that signs them in. */
async function signUp() {
  const person = { name: "Ann", email: "ann@example.com", password: "correct horse battery" };
  const answer = await post("/api/auth/sign-up/email", person);
  if (!answer.ok) throw new Error(`sign-up: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const { token } = await (await fetch(`${site}/api/auth/token`, { headers: { cookie } })).json();
  const authorization = `Bearer ${token}`;
  for (const [number, title] of ["Buy groceries", "Call mom", "Renew the passport"].entries()) {
    const task = { title, priority: "high", due: `2030-01-0${number + 1}`, tags: ["home"] };
    const added = await post("/api/tasks", task, { authorization, "idempotency-key": `k${number}` });
    if (!added.ok) throw new Error(`add a task: ${added.status} ${await added.text()}`);
  }
  return cookie;
}

/** What is found of a page; `headers` go along with every request. */
async function look(page, path, headers) {
  const chrome = await launch({
    chromePath,
    chromeFlags: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const options = { port: chrome.port, onlyCategories: CATEGORIES, extraHeaders: headers };
    const { lhr } = await lighthouse(site + path, options);
    const scored = CATEGORIES.map((name) => [name, lhr.categories[name].score * 100]);
    const metrics = Object.entries(METRICS).map(([id, name]) => {
      const { displayValue, numericValue } = lhr.audits[id];
      return `${name} ${displayValue || numericValue}`;
    });
    const named = new Set(
      CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs)
        .filter((audit) => audit.group !== "metrics")
        .map((audit) => audit.id),
    );
    const faults = Object.values(lhr.audits)
      .filter((audit) => named.has(audit.id) && audit.score !== null && audit.score < 0.9)
      .map((audit) => `${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`.trim());
    return { page, scores: Object.fromEntries(scored), metrics, faults, error: lhr.runtimeError?.message };
  } finally {
    chrome.kill();
  }
}

const cookie = await signUp();
for (const [page, path, headers] of [
  ["sign-in", "/sign-in", {}],
  ["signed in", "/", { Cookie: cookie }],
]) {
  console.log(JSON.stringify(await look(page, path, headers)));
}
