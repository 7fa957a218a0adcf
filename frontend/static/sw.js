// Keeps the shell of the page, so that it opens without a network: the page itself, and the files
// that carry their content in their names. Nothing of anybody's is ever kept here.
const SHELL = "latchwork-shell";
const NEEDED = /"(\/assets\/[^"]+)"/g;

async function keep() {
  const answer = await fetch("/", { cache: "no-cache" });
  if (!answer.ok) return;
  const page = await answer.clone().text();
  const needed = [...page.matchAll(NEEDED)].map((found) => found[1]);
  const shell = await caches.open(SHELL);
  const held = (await shell.keys()).map((request) => new URL(request.url).pathname);
  await shell.addAll(needed.filter((path) => !held.includes(path)));
  await shell.put("/", answer);
  const old = held.filter((path) => path !== "/" && !needed.includes(path));
  await Promise.all(old.map((path) => shell.delete(path)));
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(pathname).then((held) => held ?? fetch(request)));
  } else if (request.mode === "navigate" && !pathname.startsWith("/api/")) {
    // A newer page wins; the one that is kept is for when there is none.
    event.respondWith(fetch(request).catch(async () => (await caches.match("/")) ?? Response.error()));
  }
});
