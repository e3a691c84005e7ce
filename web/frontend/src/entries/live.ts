// A result page: shows the verdict as soon as it is there, and lets code be copied.
//
// Everything here also works without it: the page reloads itself then, and text can be selected.

interface CaseSoFar {
  name: string;
  look: { kind: string; label: string };
}

interface State {
  state: string;
  title: string;
  said: string;
  cases: CaseSoFar[];
}

const ENDED = new Set(["finished", "failed", "awaiting_marking", "marked"]);
const FIRST_POLL_MS = 700;
const SLOWEST_POLL_MS = 15_000;

function follow(result: HTMLElement): void {
  const events = result.dataset.events;
  const stateUrl = result.dataset.stateUrl;
  if (!events || !stateUrl) {
    return;
  }
  const source = new EventSource(events);
  source.addEventListener("state", (event) => {
    const state = JSON.parse((event as MessageEvent<string>).data) as State;
    if (ENDED.has(state.state)) {
      source.close();
    }
    void apply(state);
  });
  source.addEventListener("error", () => {
    // While it is connecting again the browser sees to it; closed, the server has no stream to spare.
    if (source.readyState === EventSource.CLOSED) {
      void poll(stateUrl, FIRST_POLL_MS);
    }
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

async function poll(url: string, waitMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  let nextMs = Math.min(waitMs * 1.6, SLOWEST_POLL_MS);
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const state = (await response.json()) as State;
      await apply(state);
      if (ENDED.has(state.state)) {
        return;
      }
      nextMs = Math.max(nextMs, 1000 * Number(response.headers.get("Retry-After") ?? 0));
    } else if (response.status < 500 && response.status !== 429) {
      location.reload(); // logged out, or no longer ours to see: the page says so
      return;
    }
  } catch {
    // Offline for a moment: ask again, later and later.
  }
  return poll(url, Math.min(nextMs, SLOWEST_POLL_MS));
}

async function apply(state: State): Promise<void> {
  if (ENDED.has(state.state)) {
    await showResult();
    return;
  }
  say("verdict", state.title);
  say("place", state.said);
  const list = document.getElementById("progress");
  if (list) {
    for (const one of state.cases.slice(list.children.length)) {
      list.append(line(one));
    }
  }
}

function say(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place && place.textContent !== text) {
    place.textContent = text; // only where it changes: it is read out
  }
}

function line(one: CaseSoFar): HTMLLIElement {
  const badge = document.createElement("span");
  badge.className = `badge ${one.look.kind}`;
  badge.textContent = one.look.label;
  const item = document.createElement("li");
  item.append(badge, ` ${one.name}`);
  return item;
}

/** Put the finished result in the place of what waited for it, without a jump. */
async function showResult(): Promise<void> {
  const old = document.getElementById("result");
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("result");
    if (!response.ok || !fresh || !old) {
      throw new Error("not the page that was asked for");
    }
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    offerCopies();
    announce(fresh);
    if (hadFocus) {
      document.getElementById("content")?.focus({ preventScroll: true });
    }
  } catch {
    location.reload();
  }
}

function announce(result: HTMLElement): void {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.getElementById("content")?.prepend(said);
  const title = result.querySelector("#verdict")?.textContent ?? "";
  const text = result.querySelector(".verdict .lede")?.textContent ?? "";
  const score = result.querySelector(".verdict-score")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  // A status is read out when it changes, not when it appears.
  setTimeout(() => (said.textContent = [title, text, score].filter(Boolean).join(". ")), 50);
}

function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
  }
}

addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("button[data-copy]");
  if (!button) {
    return;
  }
  const text = document.getElementById(button.dataset.copy ?? "")?.textContent ?? "";
  void navigator.clipboard.writeText(text).then(
    () => (button.textContent = "Copied"),
    () => (button.textContent = "Not allowed: select it instead"),
  );
  setTimeout(() => (button.textContent = "Copy"), 2500);
});

offerCopies();
const result = document.getElementById("result");
if (result) {
  follow(result);
}
