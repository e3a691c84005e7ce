"""The text of `question.toml`, able to say where in it a fault lies."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from grader.errors import AuthorFault
from grader.spec.locate import KeyPath, line_of, split_syntax_error
from grader.spec.question import SPEC_FILE


@dataclass(frozen=True, slots=True)
class SpecText:
    """Parsed data together with the text it came from."""

    text: str
    data: dict[str, Any]

    @classmethod
    def parse(cls, content: bytes) -> SpecText:
        """Raises AuthorFault for what is not UTF-8 or not TOML."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise AuthorFault("not UTF-8 text", where=SPEC_FILE, line=line) from error
        try:
            return cls(text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            what, at_line = split_syntax_error(error)
            raise AuthorFault(f"not valid TOML: {what}", where=SPEC_FILE, line=at_line) from error

    def fault(self, path: KeyPath, message: str) -> AuthorFault:
        """A fault at that key, or at the nearest table around it that was written."""
        return AuthorFault(message, where=SPEC_FILE, key=dotted(path) or None, line=line_of(self.text, path))


def dotted(path: KeyPath) -> str:
    """`("case", 2, "seed")` as `case[2].seed`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written
