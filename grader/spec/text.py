"""The text of a TOML file of a question, able to say where in it a fault lies."""

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
    where: str = SPEC_FILE

    @classmethod
    def parse(cls, content: bytes, where: str = SPEC_FILE) -> SpecText:
        """Raises AuthorFault for what is not UTF-8 or not TOML."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise AuthorFault("not UTF-8 text", where=where, line=line) from error
        try:
            return cls(text, tomllib.loads(text), where)
        except tomllib.TOMLDecodeError as error:
            what, at_line = split_syntax_error(error)
            raise AuthorFault(f"not valid TOML: {what}", where=where, line=at_line) from error

    def fault(self, path: KeyPath, message: str) -> AuthorFault:
        """A fault at that key, or at the nearest table around it that was written."""
        return AuthorFault(message, where=self.where, key=dotted(path) or None, line=line_of(self.text, path))


def dotted(path: KeyPath) -> str:
    """`("case", 2, "seed")` as `case[2].seed`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written
