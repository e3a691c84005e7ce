// Pages of a draft: the editor of its files, and the progress of its verification. Both work without this script.
import type { EditorView } from "@codemirror/view";
import { Drafts } from "../question/drafts";
import { type Editor, codeEditor } from "../question/editor";
import { faultyLines, goTo, post, watchFaults } from "../workshop/faults";
import { languageOf } from "../workshop/languages";

const PREVIEW_PAUSE_MS = 350;
const WATCH_MS = 700;
const SLOWEST_WATCH_MS = 5000;
const SAVED_WITHIN_MS = 4000;

interface Watched {
  is_over: boolean;
  state: string;
  said: string;
  step: number;
  steps: number;
  done: number;
  of: number | null;
}

const form = document.getElementById("work-form") as HTMLFormElement | null;
const field = document.getElementById("source") as HTMLTextAreaElement | null;
if (form !== null && field !== null) edit(form, field);

const watched = document.getElementById("watch");
if (watched !== null) void watch(watched, WATCH_MS);

function edit(form: HTMLFormElement, field: HTMLTextAreaElement): void {
  const file = form.dataset["file"]!;
  const views: EditorView[] = [];
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  const save = document.getElementById("save") as HTMLButtonElement | null;
  const shortcuts = { check: (): void => undefined, submit: () => form.requestSubmit(save) };
  const editor = codeEditor(field, nonce, shortcuts, {
    language: languageOf(file),
    label: file,
    more: faultyLines,
    onView: (view) => views.push(view),
  });
  new Drafts(form, editor);
  for (const view of views) {
    watchFaults(form, editor, view);
    const line = /^#L(\d+)$/.exec(location.hash);
    if (line) goTo(view, Number(line[1]));
  }
  if (file === "statement.md") previewOf(form, editor);
  if (save !== null) save.hidden = true;
  for (const hint of form.querySelectorAll<HTMLElement>(".with-script")) hint.hidden = false;
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  for (const key of form.querySelectorAll(".mod")) if (isApple) key.textContent = "⌘";
  waitUntilSaved(editor, form);
}

/** What is verified is what stands on the server: let the last words arrive there first. */
function waitUntilSaved(editor: Editor, form: HTMLFormElement): void {
  const status = document.getElementById("draft-status");
  const revision = form.elements.namedItem("revision") as HTMLInputElement;
  let changedAt: string | null = null;
  editor.onChange(() => (changedAt = revision.value));
  const isSaved = (): boolean => changedAt === null || revision.value !== changedAt;
  for (const other of document.querySelectorAll<HTMLFormElement>("form[data-saves-first]")) {
    other.addEventListener("submit", (event) => {
      if (isSaved()) return;
      event.preventDefault();
      const begunMs = Date.now();
      const again = (): void => {
        if (isSaved()) other.submit();
        else if (Date.now() - begunMs < SAVED_WITHIN_MS) setTimeout(again, 100);
        else if (status) status.textContent = "Not saved yet: wait a moment, then verify.";
      };
      again();
    });
  }
}

function previewOf(form: HTMLFormElement, editor: Editor): void {
  const preview = document.getElementById("preview");
  if (preview === null) return;
  let timer = 0;
  let asked = 0;
  editor.onChange(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const turn = ++asked;
      try {
        const response = await post(form.dataset["preview"]!, { source: editor.text() });
        // Made by the site, which escapes everything that somebody wrote.
        if (response.ok && turn === asked) preview.innerHTML = await response.text();
      } catch {
        // No connection: the next change asks again.
      }
    }, PREVIEW_PAUSE_MS);
  });
}

async function watch(place: HTMLElement, waitMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  try {
    const response = await fetch(place.dataset["stateUrl"]!, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const state = (await response.json()) as Watched;
      if (state.is_over) {
        location.reload();
        return;
      }
      show(state);
      return watch(place, WATCH_MS);
    }
    if (response.status < 500 && response.status !== 429) {
      location.reload(); // logged out, or published meanwhile: the page says so
      return;
    }
  } catch {
    // Offline for a moment: ask again, later and later.
  }
  return watch(place, Math.min(waitMs * 1.6, SLOWEST_WATCH_MS));
}

function show(state: Watched): void {
  say("watch-title", state.state === "queued" ? "Waits for a worker" : "Being verified");
  say("watch-said", state.step ? `Step ${state.step} of ${state.steps}: ${state.said}` : state.said);
  say("watch-count", state.done ? `${state.done}${state.of === null ? "" : ` of ${state.of}`}` : "");
  const bar = document.getElementById("watch-progress") as HTMLProgressElement | null;
  if (bar === null) return;
  if (state.of === null) {
    bar.removeAttribute("value");
  } else {
    bar.max = state.of;
    bar.value = state.done;
  }
}

function say(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place !== null && place.textContent !== text) place.textContent = text; // only where it changes: it is read out
}
