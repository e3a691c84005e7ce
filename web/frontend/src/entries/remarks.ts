// Comments: a preview while somebody writes, and a form that comes to the line it is about.
//
// Without it the form stands below the code, with a field for the line, and there is no preview before it is sent.

import { csrfToken, renewToken } from "../question/token";

const PAUSE_MS = 350;

// ---- the preview ----

const waiting = new WeakMap<HTMLElement, number>();
const rounds = new WeakMap<HTMLElement, number>();

function previewOf(field: HTMLElement): HTMLElement | null {
  return field.id ? document.querySelector<HTMLElement>(`[data-preview-of="${CSS.escape(field.id)}"]`) : null;
}

async function show(field: HTMLTextAreaElement, box: HTMLElement, mayRepeat = true): Promise<void> {
  const text = field.value;
  const round = (rounds.get(box) ?? 0) + 1;
  rounds.set(box, round);
  if (!text.trim()) {
    box.hidden = true;
    return;
  }
  try {
    const response = await fetch(box.dataset["previewUrl"] ?? "", {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken(), Accept: "text/html" },
      body: new URLSearchParams({ text }),
    });
    if (response.status === 400 && mayRepeat) {
      const told = (await response.json().catch(() => ({}))) as Record<string, unknown>;
      if (renewToken(told["csrf_token"])) await show(field, box, false);
      return;
    }
    if (!response.ok || round !== rounds.get(box)) return;
    const place = box.querySelector<HTMLElement>("[data-preview]");
    if (place) {
      place.innerHTML = await response.text(); // the site's own Markdown, which lets no markup through
      box.hidden = false;
    }
  } catch {
    // Offline: the preview stays as it was.
  }
}

addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement)) return;
  const box = previewOf(field);
  if (!box) return;
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(() => void show(field, box), PAUSE_MS));
});

// ---- the line ----

let home: Comment | null = null;
let opener: HTMLElement | null = null;

function lineOf(target: EventTarget | null): HTMLLIElement | null {
  return target instanceof Element ? target.closest<HTMLLIElement>("ol[data-commentable] > li[id]") : null;
}

function open(line: HTMLLIElement): void {
  const form = document.getElementById("remark-form");
  const field = form?.querySelector<HTMLInputElement>("input[name=line]");
  if (!form || !field) return;
  if (!home) {
    home = document.createComment("the form");
    form.replaceWith(home);
  }
  close();
  field.value = line.id.slice(1);
  const frame = document.createElement("div");
  frame.className = "remark-frame";
  frame.append(form);
  const row = document.createElement("li");
  row.className = "remark-row";
  row.dataset["remarkOpen"] = "";
  row.append(frame);
  // Below what others said about the line.
  const next = line.nextElementSibling;
  (next?.classList.contains("remark-row") ? next : line).after(row);
  form.querySelector<HTMLElement>("[data-remark-cancel]")?.removeAttribute("hidden");
  opener = line.querySelector<HTMLElement>(".line-number");
  form.querySelector<HTMLTextAreaElement>("textarea")?.focus();
}

function close(): void {
  const row = document.querySelector<HTMLElement>("[data-remark-open]");
  const form = document.getElementById("remark-form");
  if (!row || !form || !home) return;
  home.after(form);
  form.querySelector<HTMLElement>("[data-remark-cancel]")?.setAttribute("hidden", "");
  const field = form.querySelector<HTMLInputElement>("input[name=line]");
  if (field) field.value = "";
  row.remove();
}

function step(from: HTMLElement, by: number): void {
  const numbers = [...document.querySelectorAll<HTMLElement>("ol[data-commentable] .line-number")];
  const next = numbers[Math.min(Math.max(numbers.indexOf(from) + by, 0), numbers.length - 1)];
  if (!next) return;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-remark-cancel]")) {
    close();
    opener?.focus();
    return;
  }
  const line = lineOf(event.target);
  if (!line || getSelection()?.toString()) return; // somebody marks text
  if ((event.target as Element).closest("a.line-number")) event.preventDefault();
  open(line);
});

addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape" && target instanceof Element && target.closest("[data-remark-open]")) {
    close();
    opener?.focus();
    return;
  }
  if (!(target instanceof HTMLElement) || !target.matches("ol[data-commentable] .line-number")) return;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -1e6, End: 1e6 };
  const by = steps[event.key];
  if (by !== undefined) {
    event.preventDefault();
    step(target, by);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const line = lineOf(target);
    if (line) open(line);
  }
});

function begin(): void {
  const first = document.querySelector<HTMLElement>("ol[data-commentable] .line-number");
  if (!first) return;
  first.tabIndex = 0;
  document.querySelector(".remark-how")?.removeAttribute("hidden");
  // What could not be taken is in the form: it goes to its line again.
  const form = document.getElementById("remark-form");
  const typed = form?.querySelector<HTMLTextAreaElement>("textarea")?.value;
  const at = form?.querySelector<HTMLInputElement>("input[name=line]");
  const line = at?.value && !at.closest(".has-error") ? document.getElementById(`L${at.value}`) : null;
  if (typed && line instanceof HTMLLIElement) open(line);
}

begin();
