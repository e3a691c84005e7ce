"""What is refused before any process is made."""

from __future__ import annotations

import pytest

from grader.pipeline.source import MAX_SOURCE_BYTES, encoding_problem


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"x = 1\n",
        "café = 'π'\n".encode(),
        b"\xef\xbb\xbfx = 1\n",
        b"# -*- coding: utf-8 -*-\n",
        b"#!/usr/bin/env python\n# vim: set fileencoding=utf8 :\n",
        b"\xef\xbb\xbf# coding: utf-8\n",
        b"x = 1\n\n# coding: latin-1 is only a cookie in the first two lines\n",
        b"#" * MAX_SOURCE_BYTES,
        b"def f(:\n",
    ],
)
def test_utf8_text_goes_on_whatever_it_says(source: bytes) -> None:
    assert encoding_problem(source) is None


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"x = 1\ny = '\xe9'\n", "Line 2"),
        (b"x = 1\n\0\n", "NUL"),
        ("x = 1\n".encode("utf-16"), "UTF-16"),
        (b"# coding: latin-1\n", "iso-8859-1"),
        (b"\n# coding: cp1252\n", "cp1252"),
        (b"# coding: no-such-thing\n", "encoding comment"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding comment"),
        (b"# coding: utf-7\n", "utf-7"),
        (b"# coding: ../../tmp/evil\n", "encoding comment"),
        (b"\xed\xa0\x80", "Line 1"),
        (b"#" * (MAX_SOURCE_BYTES + 1), "256 kB"),
    ],
)
def test_what_is_not_utf8_text_is_refused_with_what_to_do(source: bytes, told: str) -> None:
    problem = encoding_problem(source)
    assert problem is not None
    assert told in problem
