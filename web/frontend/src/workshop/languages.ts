// The languages of a question's files, as far as colours need them: TOML and Markdown line by line, Python as it is.
import { python } from "@codemirror/lang-python";
import { type StreamParser, StreamLanguage } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

interface Multiline {
  until: string | null;
}

const toml: StreamParser<Multiline> = {
  startState: () => ({ until: null }),
  token(stream, state) {
    if (state.until !== null) {
      if (stream.skipTo(state.until)) {
        stream.match(state.until);
        state.until = null;
      } else {
        stream.skipToEnd();
      }
      return "string";
    }
    if (stream.sol() && stream.match(/^\s*\[\[?[^\]]*\]\]?/)) return "heading";
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    for (const quotes of ['"""', "'''"]) {
      if (stream.match(quotes)) {
        if (stream.skipTo(quotes)) {
          stream.match(quotes);
        } else {
          state.until = quotes;
          stream.skipToEnd();
        }
        return "string";
      }
    }
    if (stream.match(/^[A-Za-z0-9_.-]+(?=\s*=)/)) return "propertyName";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'[^']*'?/)) return "string";
    if (stream.match(/^(?:true|false)\b/)) return "bool";
    if (stream.match(/^[+-]?(?:\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan)/i)) return "number";
    stream.next();
    return null;
  },
};

const markdown: StreamParser<Multiline> = {
  startState: () => ({ until: null }),
  token(stream, state) {
    if (state.until !== null) {
      if (stream.skipTo(state.until)) {
        stream.match(state.until);
        state.until = null;
      } else {
        stream.skipToEnd();
      }
      return "monospace";
    }
    if (stream.sol()) {
      if (stream.match(/^#{1,6}\s.*/)) return "heading";
      const fence = stream.match(/^(?:```|~~~)/) as RegExpMatchArray | null;
      if (fence) {
        state.until = fence[0];
        stream.skipToEnd();
        return "monospace";
      }
    }
    if (stream.match("$$")) {
      if (stream.skipTo("$$")) {
        stream.match("$$");
      } else {
        state.until = "$$";
        stream.skipToEnd();
      }
      return "monospace";
    }
    if (stream.match(/^\$[^$\n]+\$/)) return "monospace";
    if (stream.match(/^`[^`]+`/)) return "monospace";
    if (stream.match(/^!?\[[^\]]*\]\([^)]*\)/)) return "string";
    stream.next();
    return null;
  },
};

export function languageOf(path: string): Extension {
  if (path.endsWith(".py")) return python();
  if (path.endsWith(".toml")) return StreamLanguage.define(toml);
  if (path.endsWith(".md")) return StreamLanguage.define(markdown);
  return [];
}
