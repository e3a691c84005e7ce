// What stands in the form: ticks make points until somebody types others; what is not saved is kept in this browser.

interface Copy {
  ticked: string[];
  points: string;
  isTyped: boolean;
  comment: string;
}

export class Typed {
  private readonly boxes: HTMLInputElement[];
  private readonly points: HTMLInputElement;
  private readonly comment: HTMLTextAreaElement;
  private readonly key: string;
  private readonly before: string;
  private readonly used = new Set<string>();
  private isTyped: boolean;

  constructor(private readonly form: HTMLFormElement) {
    this.boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="tick"]')];
    this.points = form.querySelector<HTMLInputElement>("#points")!;
    this.comment = form.querySelector<HTMLTextAreaElement>("#comment")!;
    this.key = `mark:${new URL(form.action).pathname}`;
    this.isTyped = this.points.value !== "";
    document.getElementById("points-help")!.classList.toggle("visually-hidden", this.points.getAttribute("aria-invalid") === null);
    for (const box of this.boxes) box.addEventListener("change", () => this.follow());
    this.points.addEventListener("input", () => {
      this.isTyped = this.points.value.trim() !== "";
      this.points.classList.remove("is-computed");
    });
    this.points.addEventListener("blur", () => this.show());
    this.show();
    this.before = JSON.stringify(this.copy());
    this.restore();
  }

  /** Tick the rubric's item of that place, or take the tick away. */
  tick(place: number): void {
    const box = this.boxes[place];
    if (box === undefined) return;
    box.checked = !box.checked;
    this.follow();
  }

  /** Zero points: nothing is met. */
  nothing(): void {
    for (const box of this.boxes) box.checked = false;
    this.isTyped = true;
    this.points.value = "0";
    this.points.classList.remove("is-computed");
  }

  /** Put a saved comment where the cursor is. */
  insert(text: string, id: string): void {
    this.used.add(id);
    const { selectionStart: from, selectionEnd: to, value } = this.comment;
    const before = value.slice(0, from);
    const gap = before === "" || before.endsWith("\n") ? "" : before.endsWith(" ") ? "" : "\n";
    this.comment.setRangeText(gap + text, from, to, "end");
    this.comment.focus();
  }

  toSend(): FormData {
    const body = new FormData(this.form);
    if (!this.isTyped) body.set("points", "");
    for (const id of this.used) body.append("used", id);
    return body;
  }

  keepIfChanged(): void {
    if (JSON.stringify(this.copy()) !== this.before) this.keep();
  }

  keep(): void {
    if (this.isForgotten) return;
    try {
      localStorage.setItem(this.key, JSON.stringify(this.copy()));
    } catch {
      // No storage: it still stands in the page.
    }
  }

  private isForgotten = false;

  forget(): void {
    this.isForgotten = true;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // No storage, nothing to forget.
    }
  }

  private follow(): void {
    this.isTyped = false; // the newest wish counts: ticks after typing make the points again
    this.show();
  }

  private show(): void {
    if (this.isTyped) return;
    const ticked = this.boxes.filter((box) => box.checked);
    const sum = ticked.reduce((total, box) => total + Number(box.dataset["points"]), 0);
    this.points.value = ticked.length ? String(Math.round(Math.min(sum, Number(this.form.dataset["most"])) * 1e6) / 1e6) : "";
    this.points.classList.add("is-computed");
  }

  private copy(): Copy {
    return {
      ticked: this.boxes.filter((box) => box.checked).map((box) => box.value),
      points: this.points.value,
      isTyped: this.isTyped,
      comment: this.comment.value,
    };
  }

  /** What was typed here and never saved, with a way back to what was saved. */
  private restore(): void {
    let kept: Copy | null = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key) ?? "null") as Copy | null;
    } catch {
      return;
    }
    if (kept === null || typeof kept.comment !== "string" || JSON.stringify(kept) === this.before) return;
    const saved = this.copy();
    this.put(kept);
    const notice = document.createElement("div");
    notice.className = "notice info";
    notice.setAttribute("role", "status");
    const said = document.createElement("p");
    said.textContent = "This is what you had typed here and not saved. ";
    const back = document.createElement("button");
    back.type = "button";
    back.className = "link-button";
    back.textContent = "Discard it";
    back.addEventListener("click", () => {
      this.put(saved);
      this.forget();
      this.isForgotten = false;
      notice.remove();
    });
    said.append(back);
    notice.append(said);
    document.querySelector(".desk")!.before(notice);
    
  }

  private put(copy: Copy): void {
    for (const box of this.boxes) box.checked = copy.ticked.includes(box.value);
    this.comment.value = copy.comment;
    this.isTyped = copy.isTyped;
    this.points.value = copy.points;
    this.show();
  }
}
