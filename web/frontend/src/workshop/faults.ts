// What is wrong with a question's files, at its line as it is typed. The site reads the files and runs nothing of them.
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Editor } from "../question/editor";
import { csrfToken, renewToken } from "../question/token";

const PAUSE_MS = 600;

interface Fault {
  where: string;
  line: number | null;
  key: string | null;
  message: string;
}

const setFaults = StateEffect.define<number[]>();
const mark = Decoration.line({ class: "cm-fault" });

/** The lines with faults; they move with the text until the next answer. */
export const faultyLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    let marked = lines.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setFaults)) continue;
      const builder = new RangeSetBuilder<Decoration>();
      for (const number of [...new Set(effect.value)].sort((a, b) => a - b)) {
        if (number >= 1 && number <= transaction.state.doc.lines) {
          const at = transaction.state.doc.line(number).from;
          builder.add(at, at, mark);
        }
      }
      marked = builder.finish();
    }
    return marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export async function post(url: string, body: unknown): Promise<Response> {
  const send = (): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(body),
    });
  const answer = await send();
  if (answer.status !== 400) return answer;
  const said = (await answer.json().catch(() => ({}))) as { csrf_token?: string };
  return renewToken(said.csrf_token) ? send() : answer;
}

export function watchFaults(form: HTMLFormElement, editor: Editor, view: EditorView): void {
  const list = document.getElementById("faults")!;
  const file = form.dataset["file"]!;
  let timer = 0;
  let asked = 0;
  const look = async (): Promise<void> => {
    const turn = ++asked;
    try {
      const response = await post(form.dataset["check"]!, { file, source: editor.text() });
      if (!response.ok || turn !== asked) return;
      const { faults } = (await response.json()) as { faults: Fault[] };
      show(faults);
    } catch {
      // No connection: the next change asks again.
    }
  };
  const show = (faults: Fault[]): void => {
    const here = faults.flatMap((fault) => (fault.where === file && fault.line !== null ? [fault.line] : []));
    view.dispatch({ effects: setFaults.of(here) });
    list.replaceChildren(faults.length ? listOf(faults) : allGood());
  };
  const listOf = (faults: Fault[]): HTMLElement => {
    const items = document.createElement("ul");
    for (const fault of faults) {
      const item = document.createElement("li");
      item.append(wayTo(fault), " ");
      if (fault.key) {
        const key = document.createElement("code");
        key.textContent = fault.key;
        item.append(key, " ");
      }
      item.append(fault.message);
      items.append(item);
    }
    return items;
  };
  const wayTo = (fault: Fault): HTMLElement => {
    const way = document.createElement("a");
    way.className = "mono";
    way.textContent = fault.line === null ? fault.where : `${fault.where}:${fault.line}`;
    way.href = `?file=${encodeURIComponent(fault.where)}${fault.line === null ? "" : `#L${fault.line}`}`;
    if (fault.where === file && fault.line !== null) {
      way.addEventListener("click", (event) => {
        event.preventDefault();
        goTo(view, fault.line!);
      });
    }
    return way;
  };
  editor.onChange(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), PAUSE_MS);
  });
  void look();
}

function allGood(): HTMLElement {
  const said = document.createElement("p");
  said.className = "good-text";
  said.textContent = "The files make a question that can be read.";
  return said;
}

/** Put the cursor on a line, and show it. */
export function goTo(view: EditorView, number: number): void {
  const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  view.focus();
}
