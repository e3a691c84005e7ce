// Saved comments: found by their words, chosen with the arrows, put into the comment with Enter.
import type { Typed } from "./typed";

export class SavedComments {
  private readonly dialog = document.getElementById("comments") as HTMLDialogElement;
  private readonly search = document.getElementById("comment-search") as HTMLInputElement;
  private readonly none = document.getElementById("no-comment")!;
  private readonly options: HTMLLIElement[];
  private chosen: HTMLLIElement | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly typed: Typed,
  ) {
    this.options = [...this.dialog.querySelectorAll<HTMLLIElement>("li")];
    this.search.addEventListener("input", () => this.filter());
    this.search.addEventListener("keydown", (event) => this.press(event));
    for (const option of this.options) option.addEventListener("click", () => this.take(option));
  }

  open(): void {
    this.search.value = "";
    this.filter();
    this.dialog.showModal();
    this.search.focus();
  }

  private filter(): void {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of this.options) {
      const text = option.textContent!.toLowerCase();
      option.hidden = !words.every((word) => text.includes(word));
    }
    const shown = this.options.filter((option) => !option.hidden);
    this.none.hidden = shown.length > 0;
    this.choose(shown[0] ?? null);
  }

  private choose(option: HTMLLIElement | null): void {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.search.setAttribute("aria-activedescendant", option.id);
    else this.search.removeAttribute("aria-activedescendant");
  }

  private press(event: KeyboardEvent): void {
    const shown = this.options.filter((option) => !option.hidden);
    const place = this.chosen === null ? -1 : shown.indexOf(this.chosen);
    if (event.key === "ArrowDown") this.choose(shown[(place + 1) % shown.length] ?? null);
    else if (event.key === "ArrowUp") this.choose(shown[(place - 1 + shown.length) % shown.length] ?? null);
    else if (event.key === "Enter" && this.chosen !== null) this.take(this.chosen);
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  }

  private take(option: HTMLLIElement): void {
    this.dialog.close();
    this.typed.insert(option.dataset["text"] ?? "", option.dataset["id"] ?? "");
    this.form.querySelector<HTMLTextAreaElement>("#comment")?.focus();
  }
}
