// The question's page works without this script; with it there are an editor, drafts and checks in the page.
import { Check } from "../question/check";
import { Drafts } from "../question/drafts";
import { type Editor, codeEditor, plainEditor } from "../question/editor";

const form = document.getElementById("work-form") as HTMLFormElement | null;
const field = document.getElementById("source") as HTMLTextAreaElement | null;

if (form !== null) {
  const submitButton = document.getElementById("submit") as HTMLButtonElement | null;
  const checkButton = document.getElementById("precheck") as HTMLButtonElement | null;
  const check = checkButton === null ? null : new Check(form, checkButton);
  const shortcuts = {
    check: () => void check?.run(),
    submit: () => {
      if (submitButton !== null) form.requestSubmit(submitButton);
    },
  };
  checkButton?.addEventListener("click", (event) => {
    event.preventDefault();
    if (checkButton.getAttribute("aria-disabled") !== "true") shortcuts.check();
  });
  guardAgainstDoubleClicks(form);
  if (field !== null) {
    const editor = field.name === "source" ? codeEditor(field, nonce(), shortcuts) : plainEditor(field);
    if (form.dataset["draft"]) new Drafts(form, editor);
    if (field.name === "source") offerOtherTexts(form, editor);
    countWords(field, editor);
    const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
    for (const key of form.querySelectorAll(".mod")) if (isApple) key.textContent = "⌘";
    for (const hint of form.querySelectorAll<HTMLElement>(".with-script")) hint.hidden = false;
  }
}

function nonce(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

/** One submission for two clicks; and a new one after coming back to this page. */
function guardAgainstDoubleClicks(form: HTMLFormElement): void {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  window.addEventListener("pageshow", (event) => {
    isSent = false;
    if (event.persisted) (form.elements.namedItem("idempotency_key") as HTMLInputElement).value = crypto.randomUUID();
  });
}

/** "Back to the starter" and "Take my last submission" in place, with a way back. */
function offerOtherTexts(form: HTMLFormElement, editor: Editor): void {
  const undo = form.querySelector<HTMLButtonElement>("[data-undo]");
  const starter = JSON.parse(document.getElementById("starter")?.textContent ?? '""') as string;
  for (const link of form.querySelectorAll<HTMLAnchorElement>("[data-take]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const before = editor.text();
      let wanted = starter;
      if (link.dataset["source"]) {
        const response = await fetch(link.dataset["source"]);
        if (!response.ok) return;
        wanted = await response.text();
      }
      if (wanted === before) return;
      editor.replace(wanted);
      if (undo === null) return;
      undo.hidden = false;
      undo.onclick = () => {
        editor.replace(before);
        undo.hidden = true;
      };
    });
  }
}

function countWords(field: HTMLTextAreaElement, editor: Editor): void {
  const place = document.getElementById("word-count");
  const most = Number(field.dataset["mostWords"] ?? 0);
  if (place === null || !most) return;
  const count = (): void => {
    const words = editor.text().trim().split(/\s+/).filter(Boolean).length;
    place.textContent = `${words} so far${words > most ? `, ${words - most} too many` : ""}.`;
  };
  editor.onChange(count);
  count();
}
