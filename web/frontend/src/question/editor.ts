// The text that is being written: CodeMirror for programs, the plain field for everything else.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Prec, type Transaction } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface Editor {
  text(): string;
  replace(text: string): void;
  onChange(listener: () => void): void;
}

export interface Shortcuts {
  check(): void;
  submit(): void;
}

/** What is written, where it is not a solution: the language, what it is called, and what else there is around it. */
export interface Writing {
  language: Extension;
  label: string;
  more: Extension;
  onView?(view: EditorView): void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--code-keyword)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.className, tags.definition(tags.className)], color: "var(--code-name)" },
  { tag: [tags.standard(tags.variableName), tags.self], color: "var(--code-name)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--code-keyword)" },
  { tag: tags.heading, color: "var(--code-name)", fontWeight: "650" },
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.monospace, color: "var(--code-string)" },
]);

const look = EditorView.theme({
  "&": { fontSize: "0.88rem", color: "var(--text)", backgroundColor: "transparent" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", fontVariantLigatures: "none" },
  ".cm-content": { caretColor: "var(--text)", padding: "0.6rem 0" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--muted)", border: "0", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--good) 22%, transparent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "color-mix(in srgb, var(--bad) 22%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--warn) 22%, transparent)" },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--warn) 30%, transparent)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)", borderColor: "var(--line)" },
  ".cm-panel input, .cm-panel button": { font: "inherit" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)", color: "var(--text)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)", color: "var(--text)" },
});

/** Left to itself, the browser puts style attributes into the page when text replaces several lines. */
function replaceSelection(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main;
  const text = event.data;
  if (event.inputType !== "insertText" || !text || empty || view.composing) return false;
  const insert = (): Transaction => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
  const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
  if (!isHandled) view.dispatch(insert());
  event.preventDefault();
  return true;
}

export function plainEditor(field: HTMLTextAreaElement): Editor {
  return {
    text: () => field.value,
    replace(text) {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    },
    onChange: (listener) => field.addEventListener("input", listener),
  };
}

/** Puts CodeMirror in the place of the field, which stays in the form and always holds the same text. */
export function codeEditor(field: HTMLTextAreaElement, nonce: string, shortcuts: Shortcuts, writing?: Writing): Editor {
  const listeners: (() => void)[] = [];
  const view = new EditorView({
    parent: field.parentElement!,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        nonce ? EditorView.cspNonce.of(nonce) : [],
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run: () => (shortcuts.check(), true) },
            { key: "Mod-Shift-Enter", run: () => (shortcuts.submit(), true) },
          ]),
        ),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        search({ top: true }),
        writing?.language ?? python(),
        writing?.more ?? [],
        syntaxHighlighting(colours),
        look,
        // Escape, then Tab leaves the editor: CodeMirror's own rule for everything bound to Tab.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          "aria-label": writing?.label ?? "Your solution, in Python",
          tabindex: "0", // what scrolls around it must be within reach of the keyboard, as far as checkers can tell
          "aria-describedby": "editor-help",
          spellcheck: "false",
          autocapitalize: "off",
        }),
        EditorView.domEventHandlers({ beforeinput: replaceSelection }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          field.value = update.state.doc.toString();
          for (const listener of listeners) listener();
        }),
      ],
    }),
  });
  field.hidden = true;
  field.form?.querySelector("label[for=source]")?.addEventListener("click", () => view.focus());
  writing?.onView?.(view);
  return {
    text: () => view.state.doc.toString(),
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: "input.replace" });
    },
    onChange: (listener) => listeners.push(listener),
  };
}
