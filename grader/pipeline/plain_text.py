"""Text that a submission may have had a hand in, made fit to show: no control characters or terminal codes, capped.

HTML is not escaped here; whoever writes HTML does that.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

MAX_LINE_CHARS = 300

# What terminals obey: CSI, OSC and the like up to their terminators, and other sequences of two characters.
_TERMINAL_CODE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -~]?")
# Control characters, format characters (they reverse or hide text), lone surrogates, private use, unassigned.
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: str, max_chars: int) -> str:
    """At most `max_chars` characters; newlines stay, tabs become spaces."""
    if len(text) > max_chars * 2:
        text = text[: max_chars * 2]  # cutting before cleaning bounds the work
        cut = True
    else:
        cut = False
    lines = (_shown(line) for line in _TERMINAL_CODE.sub("", text).expandtabs(4).splitlines())
    cleaned = "\n".join(lines).strip("\n")
    if cut or len(cleaned) > max_chars:
        return cleaned[: max_chars - 1] + "…"
    return cleaned


def plain_line(text: str, *, keep_indent: bool = False) -> str:
    """One line."""
    line = " ".join(plain(text, MAX_LINE_CHARS).split("\n"))
    return line.rstrip() if keep_indent else line.strip()


def plain_values(value: dict[str, Any]) -> dict[str, Any]:
    """The strings among some reported values made plain, at any depth."""
    return {plain_line(key): _plain_value(item) for key, item in value.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value, MAX_LINE_CHARS)
    if isinstance(value, dict):
        return plain_values(value)
    if isinstance(value, list | tuple):
        return [_plain_value(item) for item in value]
    return value


def _shown(line: str) -> str:
    return "".join("�" if unicodedata.category(character) in _UNSHOWABLE else character for character in line)
