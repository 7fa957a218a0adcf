// Stands between the page and every function: holds what the page asks for, and answers in an
// order, and with failures, that follow from a seed alone. Meanwhile it watches that nothing of a
// person is on the page but what the newest answer of the session endpoint allows.
window.loads = (() => {
  const PERSONAL = ["#message", ".transcript", ".tasks-head", ".rail-head"];
  const SESSION = "/api/auth/get-session";
  const NAMES = { ann: "Ann", bob: "Bob" };
  const MOST_STEPS = 40;

  let state = 0;
  let held = [];
  let asked = 0;
  let user = null;
  // Who it was until the answer that the page is still working on.
  let before = null;
  let wake = () => {};
  const seen = { faults: [], mounted: 0, answered: 0 };
  // What the program of one load leaves behind, so that the next is the only one that acts.
  let timers = [];
  let listeners = [];
  // What the page does at once, but not before the browser had its turn: Yew puts off the rest of
  // a rendering that takes longer than a frame.
  const soon = new Set();
  // Files of the program, compiled once for all who begin it; and how many of its parts are on
  // their way into it.
  const compiled = new Map();
  let coming = 0;

  // Chance that is the same in every run (Mulberry32).
  function below(end) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  const realFetch = window.fetch;
  window.fetch = (address, init = {}) => {
    const { pathname } = new URL(address, location.href);
    if (pathname.endsWith(".wasm")) return compile(pathname);
    if (!pathname.startsWith("/api/")) return realFetch.call(window, address, init);
    return new Promise((resolve, reject) => {
      const number = pathname === SESSION ? (asked += 1) : 0;
      held.push({ pathname, init, number, resolve, reject });
      wake();
    });
  };
  function compile(path) {
    if (!compiled.has(path)) {
      compiled.set(path, WebAssembly.compileStreaming(realFetch.call(window, path)));
    }
    return compiled.get(path);
  }
  WebAssembly.instantiateStreaming = async (module, imports) => {
    coming += 1;
    try {
      return { instance: await WebAssembly.instantiate(await module, imports) };
    } finally {
      coming -= 1;
    }
  };
  const realTimeout = window.setTimeout;
  window.setTimeout = (act, delay, ...given) => {
    const timer = realTimeout(() => {
      soon.delete(timer);
      act(...given);
    }, delay);
    timers.push(timer);
    if (!delay) soon.add(timer);
    return timer;
  };
  for (const target of [window, document]) {
    const listen = target.addEventListener;
    target.addEventListener = (...call) => {
      listeners.push([target, call]);
      listen.apply(target, call);
    };
  }

  new MutationObserver(look).observe(document, { childList: true, subtree: true });

  function look() {
    const there = PERSONAL.filter((part) => document.querySelector(part));
    if (there.length === 0) return;
    const name = document.querySelector(".account-name strong")?.textContent;
    const is_allowed = [user, before].some((one) => one && name === NAMES[one]);
    if (!is_allowed) seen.faults.push(`${there} of ${name} while it is ${user}`);
  }

  // Whatever a page can ask for when it begins has these in its answer.
  const EMPTY = { data: [], tasks: [], changes: [], has_more: false, change: 0, enabled: true, model: "m", builtin: true };

  function jwt(sub) {
    const claims = btoa(JSON.stringify({ sub, iat: 0, exp: 900 }));
    return `e30.${claims.replaceAll("=", "")}.sig`;
  }

  function session(name) {
    if (name === null) return null;
    if (name === "") return { session: { userId: "ann" }, user: { name: "Ann" } };
    return {
      session: { id: "s", userId: name },
      user: { id: name, name: NAMES[name], email: `${name}@example.com`, emailVerified: true },
    };
  }

  function answer(request, status, body, headers = {}) {
    const response = new Response("", { status, headers: { "content-type": "application/json", ...headers } });
    // At once, so that all that follows from an answer has happened before the next.
    response.text = () => Promise.resolve(body);
    request.resolve(response);
  }

  function deliver(request) {
    seen.answered += 1;
    if (request.init.signal?.aborted) return request.reject(new DOMException("", "AbortError"));
    const roll = below(12);
    if (roll === 0) return request.reject(new TypeError("Failed to fetch"));
    if (roll === 1) return answer(request, 503, JSON.stringify({ code: "database.unavailable", message: "No." }));
    if (roll === 2) return answer(request, 502, "<p>Bad gateway</p>");
    if (request.pathname === SESSION) {
      const name = ["ann", "ann", "ann", "bob", null, ""][below(6)];
      // An answer counts only if nothing newer was asked since.
      if (request.number === asked) user = name || null;
      // The first token comes along, or has to be asked for; or it is another person's.
      const along = [null, name, "bob"][below(3)];
      const headers = name && along ? { "set-auth-jwt": jwt(along) } : {};
      return answer(request, 200, JSON.stringify(session(name)), headers);
    }
    if (roll === 3) return answer(request, 401, JSON.stringify({ code: "session.ended", message: "Over." }));
    if (request.pathname === "/api/auth/token") {
      const sub = below(5) === 0 ? "bob" : (user ?? "ann");
      return answer(request, 200, JSON.stringify({ token: jwt(sub) }));
    }
    answer(request, 200, JSON.stringify(EMPTY));
  }

  // Until everything has happened that follows from what was answered.
  async function quiet() {
    do {
      await new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done();
        port2.postMessage(null);
      });
    } while (soon.size > 0 || coming > 0);
    before = user;
  }

  // Answers in some order until the page asks for nothing more.
  async function play() {
    if (held.length === 0) await new Promise((asks) => (wake = asks));
    for (let step = 0; step < MOST_STEPS && held.length > 0; step += 1) {
      if (below(6) === 0) {
        // The network is back, after which the page asks again who is there.
        window.dispatchEvent(new Event("online"));
      } else {
        deliver(held.splice(below(held.length), 1)[0]);
      }
      await quiet();
      look();
      const is_there = document.querySelector("#message") !== null;
      if (is_there) seen.mounted += 1;
    }
  }

  function forget() {
    for (const timer of timers) clearTimeout(timer);
    soon.clear();
    for (const [target, call] of listeners) target.removeEventListener(...call);
    [held, timers, listeners, asked] = [[], [], [], 0];
    [user, before, wake] = [null, null, () => {}];
  }

  // The page as the browser has loaded it.
  async function first(seed) {
    state = seed;
    await play();
    return seen;
  }

  // The program begun anew, many times, in the same document.
  async function again(from, to) {
    // What is there is asked of the document. Nobody looks, so nothing need be drawn.
    document.documentElement.style.display = "none";
    const address = document.querySelector("link[rel=modulepreload]").href;
    const wasm = document.querySelector("link[as=fetch]").href;
    const module = await compile(new URL(wasm).pathname);
    for (let seed = from; seed < to; seed += 1) {
      forget();
      const root = Object.assign(document.createElement("div"), { id: "app" });
      document.getElementById("app").replaceWith(root);
      state = seed;
      // Modules of a document live as long as it does; their addresses are those of every document,
      // so that each is fetched once.
      const program = await import(`${address}?load=${seed - from}`);
      await program.default({ module_or_path: module });
      await play();
    }
    return seen;
  }

  return { first, again };
})();
