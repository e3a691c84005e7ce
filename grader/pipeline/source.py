"""What is wrong with a submission's bytes, before any process sees them.

Syntax and the entry point are checked in the student's own sandbox: some sources kill a parser.
"""

from __future__ import annotations

import codecs
import io
import tokenize

MAX_SOURCE_BYTES = 256_000


def encoding_problem(source: bytes) -> str | None:
    """A sentence for the student when `source` cannot be Python in UTF-8; None when it may go on."""
    if len(source) > MAX_SOURCE_BYTES:
        return f"The file is larger than {MAX_SOURCE_BYTES // 1000} kB, the most that is accepted."
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "The file is saved as UTF-16. Save it as UTF-8."
    if (position := source.find(b"\0")) >= 0:
        return f"Line {_line(source, position)} holds a NUL character. Is this really a Python file?"
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"Line {_line(source, error.start)} is not valid UTF-8. Save the file as UTF-8."
    return _cookie_problem(source)


def _line(source: bytes, position: int) -> int:
    return source.count(b"\n", 0, position) + 1


def _cookie_problem(source: bytes) -> str | None:
    """The complaint about a `# coding: …` comment that names anything but UTF-8."""
    try:
        named, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError as error:
        return f"The encoding comment at the top cannot be used ({error.msg}). Remove it and save the file as UTF-8."
    if codecs.lookup(named).name not in {"utf-8", "utf-8-sig"}:
        return f"The comment at the top says that the file is in {named}. Remove it and save the file as UTF-8."
    return None
