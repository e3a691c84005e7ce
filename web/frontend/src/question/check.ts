// "Check on the visible cases" without leaving the page.
import { csrfToken, renewToken } from "./token";

interface Case {
  name: string;
  verdict: string;
  message: string | null;
}

interface State {
  state: string;
  ahead: number | null;
  cases: Case[];
  verdict: string | null;
  score: number | null;
  max_score: number | null;
}

const ENDED = new Set(["finished", "failed", "marked", "awaiting_marking"]);
// The file as a whole is at fault: one message for all cases.
const NOT_LOADED = new Set(["invalid_submission", "forbidden_construct"]);
const FIRST_LOOK_MS = 120;
const LONGEST_WAIT_MS = 2000;

export class Check {
  private readonly box = document.getElementById("check-result")!;
  private readonly title = this.box.querySelector<HTMLElement>(".check-title")!;
  private readonly list = this.box.querySelector<HTMLElement>(".check-cases")!;
  private readonly link = this.box.querySelector<HTMLAnchorElement>("a")!;
  private readonly looks = JSON.parse(this.box.dataset["looks"]!) as Record<string, [string, string]>;
  private round = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly button: HTMLButtonElement,
  ) {}

  async run(): Promise<void> {
    const round = ++this.round;
    this.button.setAttribute("aria-disabled", "true");
    this.list.replaceChildren();
    this.link.hidden = true;
    this.box.hidden = false;
    this.say("wait", "Checking …");
    try {
      const url = await this.send(true);
      if (url !== null) await this.follow(url, round);
    } catch {
      this.say("warn", "No connection", "Try again in a moment; your text is still here.");
    } finally {
      if (round === this.round) this.button.removeAttribute("aria-disabled");
    }
    this.box.scrollIntoView({ block: "nearest" });
  }

  private async send(mayRepeat: boolean): Promise<string | null> {
    const body = new FormData(this.form);
    body.set("idempotency_key", crypto.randomUUID());
    const response = await fetch(this.button.formAction, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body,
    });
    const told = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.ok && typeof told["url"] === "string") return told["url"];
    if (response.status === 400 && mayRepeat && renewToken(told["csrf_token"])) return this.send(false);
    this.say("warn", "Not checked", String(told["detail"] ?? `The site answered ${response.status}.`));
    return null;
  }

  private async follow(url: string, round: number): Promise<void> {
    this.link.href = url;
    this.link.hidden = false;
    for (let wait = FIRST_LOOK_MS; round === this.round; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const response = await fetch(`${url}state`, { headers: { Accept: "application/json" } });
      if (!response.ok) continue;
      const state = (await response.json()) as State;
      if (round !== this.round) return;
      this.show(state);
      if (ENDED.has(state.state)) return;
    }
  }

  private show(state: State): void {
    const run = state.cases.filter((one) => one.verdict !== "skipped"); // hidden ones are not run here
    const whole = NOT_LOADED.has(state.verdict ?? "") ? run[0] : undefined;
    this.list.replaceChildren(...(whole ? [this.line({ ...whole, name: "" })] : run.map((one) => this.line(one))));
    if (state.state === "failed") {
      this.say("warn", "Could not be checked", "It is not your fault, and the course staff can see it. Try again.");
    } else if (state.verdict !== null) {
      const right = run.filter((one) => one.verdict === "accepted").length;
      this.say(...this.look(state.verdict), whole ? "" : `${right} of ${run.length} visible cases pass`);
    } else if (state.state === "queued" && state.ahead) {
      this.say("wait", "Waiting", `${state.ahead} before you`);
    } else {
      this.say("wait", "Checking …");
    }
  }

  private line(one: Case): HTMLElement {
    const item = document.createElement("li");
    if (one.name) {
      const name = document.createElement("span");
      name.textContent = one.name;
      item.append(badge(...this.look(one.verdict)), name);
    }
    if (one.message && one.verdict !== "accepted") {
      const message = document.createElement("span");
      message.className = "message";
      message.append(...withCode(one.message));
      item.append(message);
    }
    return item;
  }

  private look(verdict: string): [string, string] {
    return this.looks[verdict] ?? ["muted", verdict];
  }

  private say(kind: string, label: string, more = ""): void {
    const rest = document.createElement("span");
    rest.textContent = more;
    this.title.replaceChildren(badge(kind, label), rest);
  }
}

function badge(kind: string, label: string): HTMLElement {
  const made = document.createElement("span");
  made.className = `badge ${kind}`;
  made.textContent = label;
  return made;
}

/** A sentence as the result page shows it: what stands in backticks as code. */
function withCode(text: string): Node[] {
  return text.split(/`([^`\n]{1,200})`/).map((part, at) => {
    if (at % 2 === 0) return document.createTextNode(part);
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}
