// Keeps what is being written: on the server shortly after each pause, in this browser while the server is away.
import type { Editor } from "./editor";
import { csrfToken, renewToken } from "./token";

const PAUSE_MS = 800;
const RETRY_MS = 5000;
const KEEPALIVE_BYTES = 60_000; // browsers send no more than 64 kB while a page is being left

interface LocalCopy {
  source: string;
  revision: number;
}

interface Answer {
  revision: number;
  saved_at: string;
  source?: string;
  detail?: string;
  csrf_token?: string;
}

export class Drafts {
  private readonly url: string;
  private readonly key: string;
  private readonly status = document.getElementById("draft-status");
  private readonly dialog = document.getElementById("draft-conflict") as HTMLDialogElement | null;
  private readonly revisionField: HTMLInputElement;
  private saved: string;
  private timer = 0;
  private isSaving = false;
  private isStopped = false;
  private submitted: string | null = null; // handing in saves too, behind the back of a page one comes back to

  constructor(form: HTMLFormElement, private readonly editor: Editor) {
    this.url = form.dataset["draft"]!;
    this.key = form.dataset["key"]!;
    this.revisionField = form.elements.namedItem("revision") as HTMLInputElement;
    this.saved = editor.text();
    this.showSavedAt(form.dataset["savedAt"]);
    if (form.dataset["typed"]) this.saved = "\0"; // what stands there is not the draft
    this.restoreLocalCopy(!form.dataset["typed"]);
    editor.onChange(() => this.schedule(PAUSE_MS));
    window.addEventListener("online", () => this.schedule(0));
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
    });
    form.addEventListener("submit", () => {
      this.isStopped = true;
      this.submitted = editor.text();
      window.clearTimeout(this.timer);
    });
    window.addEventListener("pageshow", () => (this.isStopped = false));
  }

  private get revision(): number {
    return Number(this.revisionField.value);
  }

  private get isDirty(): boolean {
    return this.editor.text() !== this.saved;
  }

  private schedule(delay: number): void {
    window.clearTimeout(this.timer);
    if (this.isDirty) this.timer = window.setTimeout(() => void this.save(), delay);
  }

  private async save(): Promise<void> {
    if (this.isSaving || this.isStopped || !this.isDirty) return;
    this.isSaving = true;
    const source = this.editor.text();
    try {
      const response = await this.send(source, false);
      const answer = (await response.json().catch(() => ({}))) as Answer;
      if (response.ok) this.wasSaved(source, answer);
      else if (response.status === 409 && answer.source !== undefined && answer.source === this.submitted) this.adopt(answer);
      else if (response.status === 409 && answer.source !== undefined) this.ask(answer);
      else if (response.status === 400 && renewToken(answer.csrf_token)) this.schedule(0);
      else this.failed(source, this.reason(response.status, answer), response.status >= 500 || response.status === 429);
    } catch {
      this.failed(source, "no connection", true);
    } finally {
      this.isSaving = false;
    }
    if (this.editor.text() !== source) this.schedule(PAUSE_MS);
  }

  private send(source: string, isLeaving: boolean): Promise<Response> {
    return fetch(this.url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ source, revision: this.revision }),
      keepalive: isLeaving && source.length < KEEPALIVE_BYTES,
    });
  }

  private leave(): void {
    if (!this.isDirty) return;
    const source = this.editor.text();
    this.keepLocally(source);
    if (!this.isStopped && !this.isSaving) {
      void this.send(source, true)
        .then(async (response) => {
          if (response.ok) this.wasSaved(source, (await response.json()) as Answer);
        })
        .catch(() => undefined);
    }
  }

  private wasSaved(source: string, answer: Answer): void {
    this.saved = source;
    this.revisionField.value = String(answer.revision);
    this.forgetLocally();
    this.showSavedAt(answer.saved_at);
  }

  private failed(source: string, reason: string, isPassing: boolean): void {
    const isKept = this.keepLocally(source);
    this.show(`Not saved: ${reason}${isKept ? ", kept in this browser" : ""}`, true);
    if (isPassing) this.schedule(RETRY_MS);
  }

  private reason(status: number, answer: Answer): string {
    if (status === 401) return "you are logged out; log in in another tab";
    if (status === 413) return "too large";
    if (status >= 500) return "the site has a problem";
    return (answer.detail ?? `the site answered ${status}`).replace(/\.$/, "");
  }

  /** What stands on the server is our own; go on from there. */
  private adopt(own: Answer): void {
    this.revisionField.value = String(own.revision);
    this.saved = own.source ?? "";
    this.schedule(0);
  }

  private ask(newer: Answer): void {
    if (this.dialog === null || this.dialog.open) return;
    const dialog = this.dialog;
    this.show("Not saved: a newer text was saved in another window", true);
    dialog.querySelector(".conflict-text")!.textContent = newer.source ?? "";
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    for (const button of dialog.querySelectorAll("button")) {
      button.onclick = () => {
        dialog.close();
        this.revisionField.value = String(newer.revision);
        this.saved = newer.source ?? "";
        if (button.value === "theirs") {
          this.editor.replace(this.saved);
          this.forgetLocally();
          this.showSavedAt(newer.saved_at);
        } else {
          this.schedule(0);
        }
      };
    }
    dialog.showModal();
  }

  /** A text that never reached the server is put back; if another was saved meanwhile, the person is asked. */
  private restoreLocalCopy(mayReplace: boolean): void {
    const copy = this.localCopy();
    if (copy === null || !mayReplace) return;
    if (copy.source === this.editor.text()) {
      this.forgetLocally();
      return;
    }
    const onServer = { source: this.editor.text(), revision: this.revision };
    this.editor.replace(copy.source);
    this.show("Restored from this browser", false);
    if (copy.revision === onServer.revision) this.schedule(0);
    else this.ask({ ...onServer, saved_at: new Date().toISOString() });
  }

  private localCopy(): LocalCopy | null {
    try {
      const copy = JSON.parse(localStorage.getItem(this.key) ?? "null") as LocalCopy | null;
      return copy !== null && typeof copy.source === "string" ? copy : null;
    } catch {
      return null;
    }
  }

  private keepLocally(source: string): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify({ source, revision: this.revision }));
      return true;
    } catch {
      return false;
    }
  }

  private forgetLocally(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // No storage, nothing to forget.
    }
  }

  private showSavedAt(at: string | undefined): void {
    if (at === undefined) return;
    const when = new Date(at);
    const timeZone = document.documentElement.dataset["zone"];
    const day = (moment: Date): string => moment.toLocaleDateString("en-GB", { timeZone, day: "numeric", month: "short" });
    const clock = when.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
    this.show(`Draft saved ${day(when) === day(new Date()) ? "" : `${day(when)}, `}${clock}`, false);
  }

  private show(text: string, isFailure: boolean): void {
    if (this.status === null) return;
    this.status.textContent = text;
    this.status.classList.toggle("failed", isFailure);
  }
}
