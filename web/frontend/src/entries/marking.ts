// Marking by keyboard, and saving that loses nothing. The page works without this script as a plain form.
import { SavedComments } from "../marking/comments";
import { Typed } from "../marking/typed";
import { csrfToken, renewToken } from "../question/token";

const form = document.getElementById("mark") as HTMLFormElement | null;

if (form !== null) {
  for (const hint of document.querySelectorAll<HTMLElement>(".with-script, #show-keys")) hint.hidden = false;
  document.querySelector(".without-script")?.remove();
  const typed = new Typed(form);
  const comments = new SavedComments(form, typed);
  const keys = document.getElementById("keys") as HTMLDialogElement;
  document.getElementById("show-keys")?.addEventListener("click", () => keys.showModal());
  document.getElementById("find-comment")?.addEventListener("click", () => comments.open());
  saveInPlace(form, typed);
  listen(form, typed, comments, keys);
}

/** Send the form without leaving the page, so that whatever goes wrong, what was typed still stands there. */
function saveInPlace(form: HTMLFormElement, typed: Typed): void {
  let isSending = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const go = (event.submitter as HTMLButtonElement | null)?.value ?? "next";
    void send(form, typed, go, true).finally(() => (isSending = false));
  });
}

async function send(form: HTMLFormElement, typed: Typed, go: string, mayRepeat: boolean): Promise<void> {
  const body = typed.toSend();
  body.set("go", go);
  typed.keep();
  let response: Response;
  try {
    response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body,
    });
  } catch {
    return notSaved("There is no connection. Nothing is lost: your mark stands here and is kept in this browser. Try again in a moment.");
  }
  const told = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok && typeof told["url"] === "string") {
    typed.forget();
    location.assign(told["url"]);
    return;
  }
  if (response.status === 400 && mayRepeat && renewToken(told["csrf_token"])) return send(form, typed, go, false);
  if (response.status === 401) {
    return notSaved("You are not logged in any more. Log in in another tab, then save again: your mark stands here and is kept in this browser.", { href: "/login", text: "Log in" });
  }
  if (response.status === 409) {
    return notSaved(String(told["detail"]), { href: location.href, text: "Show that mark; mine is kept" });
  }
  notSaved(String(told["detail"] ?? `The site answered ${response.status}. Your mark stands here and is kept in this browser.`));
  const errors = (told["errors"] ?? {}) as Record<string, string>;
  if (errors["points"]) document.getElementById("points")?.focus();
}

function notSaved(sentence: string, way?: { href: string; text: string }): void {
  const place = document.getElementById("not-saved")!;
  const box = document.createElement("div");
  box.className = "notice bad";
  const said = document.createElement("p");
  said.append(`Not saved. ${sentence} `);
  if (way !== undefined) {
    const link = document.createElement("a");
    link.href = way.href;
    link.textContent = way.text;
    if (way.href === "/login") link.target = "_blank";
    said.append(link);
  }
  box.append(said);
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

function listen(form: HTMLFormElement, typed: Typed, comments: SavedComments, keys: HTMLDialogElement): void {
  const save = form.querySelector<HTMLButtonElement>('button[value="next"]')!;
  const comment = document.getElementById("comment") as HTMLTextAreaElement;
  const points = document.getElementById("points") as HTMLInputElement;
  const go = (address: string | undefined): void => {
    if (address === undefined) return;
    typed.keepIfChanged();
    location.assign(address);
  };
  const link = (id: string): string | undefined => (document.getElementById(id) as HTMLAnchorElement | null)?.href;
  addEventListener("pagehide", () => typed.keepIfChanged());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]") !== null) return;
    const target = event.target as HTMLElement;
    const isWriting = target === comment || target === points;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(save);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isWriting) {
      if (event.key === "Escape") target.blur();
      return;
    }
    const isOnControl = target.closest("a, button, summary") !== null;
    if (event.key === "Enter" && !isOnControl) {
      form.requestSubmit(save);
    } else if (/^[1-9]$/.test(event.key)) {
      typed.tick(Number(event.key) - 1);
    } else if (event.key === "0") {
      typed.nothing();
    } else if (event.key === "c") {
      comment.focus();
    } else if (event.key === "p") {
      points.focus();
      points.select();
    } else if (event.key === "/") {
      comments.open();
    } else if (event.key === "j") {
      go(link("next"));
    } else if (event.key === "k") {
      go(link("previous"));
    } else if (event.key === "s") {
      go(link("skip"));
    } else if (event.key === "?") {
      keys.showModal();
    } else {
      return;
    }
    event.preventDefault();
  });
}
