// The bar of the failure lab: four buttons that do for real what elsewhere only happens.
import { say } from "./words.js";

/** What each button does; the sentence that it gives is shown when it is done. */
const DEEDS = {
  async expire() {
    const { session } = (await (await fetch("/api/auth/get-session")).json()) ?? {};
    if (!session) return say("nobody");
    // The page is not told, as when another device ends the session.
    await post("/api/auth/revoke-session", { token: session.token });
    return say("expired");
  },
  async kill() {
    return say("killed", { n: (await post("/_lab/kill")).killed });
  },
  async drop() {
    status.textContent = say("dropping");
    await post("/_lab/drop?seconds=8");
    return say("back");
  },
  async duplicate() {
    status.textContent = say("waiting");
    const { path, statuses } = await post("/_lab/duplicate");
    return say("sent", { path, statuses: statuses.join(" + ") });
  },
};

async function post(path, body = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-failure-lab": "1" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const title = make("summary", {});
const intro = make("p", { className: "soft" });
const status = make("p", { className: "lab-status", role: "status" });
const buttons = Object.keys(DEEDS).map((name) =>
  make("button", { type: "button", className: "button button-plain", id: `lab-${name}`, onclick: () => act(name) }),
);
const bar = make(
  "details",
  { className: "lab" },
  title,
  make("div", { className: "lab-body" }, intro, make("div", { className: "lab-keys" }, ...buttons), status),
);

async function act(name) {
  const button = document.getElementById(`lab-${name}`);
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  try {
    status.textContent = await DEEDS[name]();
  } catch {
    status.textContent = say("failed");
  }
  button.ariaDisabled = null;
}

function name() {
  title.textContent = say("title");
  intro.textContent = say("intro");
  for (const button of buttons) button.textContent = say(button.id.slice("lab-".length));
}

name();
document.body.prepend(make("aside", {}, bar));
bar.parentElement.setAttribute("aria-labelledby", (title.id = "lab-title"));
new MutationObserver(name).observe(document.documentElement, { attributeFilter: ["lang"] });
