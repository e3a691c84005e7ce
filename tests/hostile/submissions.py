"""The attacks and the odd but honest submissions, each with what may come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from grader.vocab import Verdict

HERE = Path(__file__).parent
USUAL_QUESTION = "infr10086/tutorial3/neg_log_likelihood"
HONEST = b"""import math
import torch

def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return d / 2 * math.log(2 * math.pi) + d / 2 * var_.log() + ((samples - mu) ** 2).sum() / (2 * var_ * n)
"""
_NO_POINT = frozenset(Verdict) - {Verdict.ACCEPTED, Verdict.PARTIAL, Verdict.JUDGE_ERROR, Verdict.SKIPPED}
_HEADER = re.compile(r"^# (question|expect|class|about): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attack:
    """A submission that means harm, and the verdicts it may get; points are deserved only where those say so."""

    name: str
    source: bytes
    allowed: frozenset[Verdict]
    question: str = USUAL_QUESTION

    @property
    def may_score(self) -> bool:
        """Whether the file answers some cases rightly on purpose."""
        return bool(self.allowed & {Verdict.ACCEPTED, Verdict.PARTIAL})


def attacks_on_disk() -> list[Attack]:
    """One for each file of `attacks/`, by its header."""
    return [_read(path) for path in sorted((HERE / "attacks").glob("*.py"))]


def honest_on_disk() -> list[Path]:
    """Odd but legitimate submissions to the usual question; all deserve full marks."""
    return sorted((HERE / "honest").glob("*.py"))


def _read(path: Path) -> Attack:
    source = path.read_bytes()
    said = dict(_HEADER.findall(source.decode()))
    return Attack(path.stem, source, _allowed(said["expect"]), said.get("question", USUAL_QUESTION))


def _allowed(expect: str) -> frozenset[Verdict]:
    if expect == "zero":
        return _NO_POINT
    return frozenset(Verdict(word.strip()) for word in expect.removeprefix("at most ").split(","))


def _refused(name: str, source: bytes) -> Attack:
    return Attack(name, source, frozenset({Verdict.INVALID_SUBMISSION}))


def _no_point(name: str, source: bytes) -> Attack:
    return Attack(name, source, _NO_POINT)


def made_attacks() -> list[Attack]:
    """Sources that cannot be kept as files: not text, too large, or deadly to tools that read the folder."""
    entry = b"def neg_log_likelihood(samples, mu, var_):\n    return "
    hidden = b"def neg_log_likelihood(samples, mu, var_):\n    return 41.0\n"
    return [
        _refused("source_empty", b""),
        _refused("source_only_a_comment", b"# nothing here\n"),
        _refused("source_nul", hidden + b"\0"),
        _refused("source_binary", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 100),
        _refused("source_pickle", b"\x80\x04\x95cos\nsystem\n(S'touch /tmp/owned'\ntR."),
        _refused("source_latin1", b"# caf\xe9\n" + hidden),
        _refused("source_utf16", hidden.decode().encode("utf-16")),
        _refused("source_utf32", hidden.decode().encode("utf-32")),
        _refused("source_surrogate", b"# \xed\xa0\x80\n" + hidden),
        _refused("source_cookie_latin1", b"# -*- coding: latin-1 -*-\n" + hidden),
        _refused("source_cookie_utf7", b"# -*- coding: utf-7 -*-\n" + hidden),
        _refused("source_cookie_rot13", b"#!/usr/bin/python\n# -*- coding: rot13 -*-\n" + hidden),
        _refused("source_cookie_unknown", b"# vim: set fileencoding=no-such :\n" + hidden),
        _refused("source_cookie_against_bom", b"\xef\xbb\xbf# coding: cp1252\n" + hidden),
        _refused("source_zip", b"PK\x03\x04" + b"\0" * 100),
        _refused("source_of_300_kB", b"x = 1\n" * 50_000 + hidden),
        _no_point("source_just_small_enough", b"#" + b"x" * (255_900 - len(hidden)) + b"\n" + hidden),
        _no_point("source_not_python", b"public static void main(String[] args) { }\n"),
        _no_point("source_carriage_returns", hidden.replace(b"\n", b"\r")),
        _no_point("source_form_feeds", b"\x0c\x0c" + hidden + b"\x0c\x1a"),
        _no_point("parser_parentheses", entry + b"(" * 100_000 + b")" * 100_000),
        _no_point("parser_brackets_unclosed", entry + b"[" * 250_000),
        _no_point("parser_minus_signs", entry + b"-" * 250_000 + b"1"),
        _no_point("parser_not", entry + b"not " * 60_000 + b"1"),
        _no_point("parser_lambdas", entry + b"lambda:" * 35_000 + b"1"),
        _no_point("parser_attributes", entry + b"mu" + b".a" * 120_000),
        _no_point("parser_calls", entry + b"mu" + b"()" * 120_000),
        _no_point("parser_additions", entry + b"+".join([b"1"] * 120_000)),
        _no_point("parser_indentation", b"".join(b" " * n + b"if 1:\n" for n in range(600)) + b" " * 600 + b"pass\n"),
        _no_point("parser_digits", entry + b"1" * 250_000),
        _no_point("parser_hexadecimal", entry + b"0x" + b"f" * 250_000),
        _no_point("parser_folding", entry + b"((1 << 10000) * (1 << 10000)) ** 100000"),
        _no_point("parser_folded_text", entry + b"('x' * 4000 * 4000 * 4000)"),
        _no_point("parser_f_strings", entry + b"f'{" * 200 + b"1" + b"}'" * 200),
        _no_point("parser_star_targets", b"for " + b"(" * 80_000 + b"x" + b",)" * 80_000 + b" in 1: pass\n"),
        _no_point("parser_many_names", b"\n".join(b"v%d = %d" % (n, n) for n in range(14_000)) + b"\n" + hidden),
        _no_point("parser_exponent", entry + b"1e" + b"9" * 200_000),
        _no_point("parser_match", b"match 1:\n case " + b"[" * 80_000 + b"_" + b"]" * 80_000 + b": pass\n"),
        _no_point("parser_type_comment", b"from __future__ import barry_as_FLUFL, braces\n" + hidden),
    ]


def made_honest() -> dict[str, bytes]:
    """Legitimate sources that an editor would quietly put right in a file."""
    return {
        "byte order mark": b"\xef\xbb\xbf" + HONEST,
        "windows line ends": HONEST.replace(b"\n", b"\r\n"),
        "old line ends": HONEST.replace(b"\n", b"\r"),
        "tabs": HONEST.replace(b"    ", b"\t"),
        "no newline at the end": HONEST.rstrip(),
        "form feeds and a control-Z comment": b"\x0c\n" + HONEST + b"\x0c\n# \x1a\n",
        "cookie utf-8": b"#!/usr/bin/env python3\n# vim: set fileencoding=utf-8 :\n" + HONEST,
        "a quarter of a megabyte": HONEST + b"# note\n" * 30_000,
        "a long line": HONEST + b"x = '" + b"y" * 100_000 + b"'\n",
    }
