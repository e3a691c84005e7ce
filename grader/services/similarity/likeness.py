"""How alike sources are: their tokens without names, comments and layout, against how common each piece is in a class.

No source is run or parsed as a program: it is split into tokens, as text. What many in a class have says nothing about
two of them, so it does not count, and neither do the starter and the code of the statement: shares are of what is left,
each one's own code. rapidfuzz finds what two sources have in common, in order.
"""

from __future__ import annotations

import builtins
import io
import keyword
import math
import re
import token
import tokenize
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from rapidfuzz.distance import LCSseq

PIECE = 8  # tokens; what is shorter says nothing
COMMON_SHARE = 0.1  # of the class: a piece that more people have is nobody's own
MOST_TOGETHER_IN_SMALL_CLASS = 3  # people, where that share is fewer
LEAST_SHARE = 0.5
LEAST_OWN_TOKENS = 20  # some three lines that few people have, and more in a large class: see `_least`
LEAST_MEDIAN_TOKENS = 32  # of a solution: below, all right ones look alike
LEAST_CLASS = 4  # people; among fewer nothing is common
MOST_PAIRS = 200
MOST_TOKENS = 6_000
MOST_TOGETHER = 60  # people with one piece that are compared with each other

_LAYOUT = frozenset({token.NEWLINE, token.NL, token.ENCODING, token.ENDMARKER, token.COMMENT, token.TYPE_COMMENT})
_BUILTINS = frozenset(dir(builtins))
_CODE_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Given:
    """One submission to compare: of whom, and whether it is of the class that is asked about or of one before."""

    submission_id: int
    person_id: int
    source: bytes
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Alike:
    """Two submissions with more in common than chance gives; `spans` are [first line in a, last, first in b, last]."""

    a_id: int
    b_id: int
    share_a: float
    share_b: float
    tokens: int
    spans: list[list[int]]

    @property
    def share(self) -> float:
        """The larger of the two."""
        return max(self.share_a, self.share_b)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing a class. `is_too_small`: solutions are too short to tell who copied."""

    compared: int
    is_too_small: bool
    pairs: list[Alike]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A source as words without names, and the line of each."""

    words: tuple[str, ...]
    lines: tuple[int, ...]

    def pieces(self) -> list[int]:
        """Every run of `PIECE` tokens, as a number."""
        words = self.words
        return [hash(words[place : place + PIECE]) for place in range(len(words) - PIECE + 1)]


def tokens_of(source: bytes) -> Tokens:
    """Names that a person may choose are all one word, and so are texts; what libraries are called stays."""
    words: list[str] = []
    lines: list[int] = []
    text = source.decode("utf-8-sig", errors="replace")
    before = ""
    try:
        for kind, string, (line, _), _, _ in tokenize.generate_tokens(io.StringIO(text).readline):
            if kind in _LAYOUT:
                continue
            word = _word(kind, string, before, words)
            before = string
            if kind == token.STRING and (not words or words[-1] in {"indent", "dedent"}):
                continue  # a docstring
            words.append(word)
            lines.append(line)
            if len(words) >= MOST_TOKENS:
                break
    except (tokenize.TokenError, SyntaxError):
        pass  # not a whole program: what was read of it counts
    return Tokens(tuple(words), tuple(lines))


def boilerplate_of(starter: str, statement: str) -> frozenset[int]:
    """Pieces that everybody was given: the starter, and the code in the statement."""
    given = (starter, *_CODE_BLOCK.findall(statement))
    return frozenset(piece for text in given for piece in tokens_of(text.encode()).pieces())


def compare(
    given: Sequence[Given], boilerplate: frozenset[int], on_step: Callable[[int], None] | None = None
) -> Comparison:
    """Pairs that stand out, the most alike first. `on_step` hears after each step how many submissions were read."""
    step = on_step or _nothing
    all_tokens: list[Tokens] = []
    for one in given:
        all_tokens.append(tokens_of(one.source))
        step(len(all_tokens))
    people = len({one.person_id for one in given})
    common, rare = _common_and_rare(given, all_tokens, boilerplate, people)
    read = [_Read.of(one, tokens, common) for one, tokens in zip(given, all_tokens, strict=True)]
    sizes = [len(one.tokens.words) - one.given_to_all(boilerplate) for one in read if one.given.is_asked]
    is_too_small = bool(sizes) and median(sizes) < LEAST_MEDIAN_TOKENS
    if people < LEAST_CLASS:
        return Comparison(len(read), is_too_small, [])
    found = []
    least = _least(people)
    for a, b in _candidates(read, rare, least):
        alike = _alike(read[a], read[b], least)
        if alike is not None:
            found.append(alike)
        step(len(read))
    found.sort(key=lambda one: (-min(one.tokens, 200) * one.share, one.a_id, one.b_id))
    return Comparison(len(read), is_too_small, found[:MOST_PAIRS])


@dataclass(frozen=True, slots=True)
class _Read:
    given: Given
    tokens: Tokens
    pieces: list[int]
    is_common: list[bool]  # by token: part of what everybody was given, or of what many have

    @classmethod
    def of(cls, given: Given, tokens: Tokens, common: frozenset[int]) -> _Read:
        pieces = tokens.pieces()
        is_common = _covered(len(tokens.words), (at for at, piece in enumerate(pieces) if piece in common))
        return cls(given, tokens, pieces, is_common)

    @property
    def own(self) -> int:
        """Tokens that few others have."""
        return len(self.is_common) - sum(self.is_common)

    def given_to_all(self, boilerplate: frozenset[int]) -> int:
        """Tokens of the starter and the statement."""
        starts = (at for at, piece in enumerate(self.pieces) if piece in boilerplate)
        return sum(_covered(len(self.tokens.words), starts))


def _common_and_rare(
    given: Sequence[Given], all_tokens: Sequence[Tokens], boilerplate: frozenset[int], people: int
) -> tuple[frozenset[int], frozenset[int]]:
    """Pieces that were given or that many have; and those that more than one person has, and few."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for one, tokens in zip(given, all_tokens, strict=True):
        for piece in tokens.pieces():
            holders[piece].add(one.person_id)
    most = max(MOST_TOGETHER_IN_SMALL_CLASS, int(COMMON_SHARE * people))
    common = {piece for piece, who in holders.items() if len(who) > most} | boilerplate
    rare = {piece for piece, who in holders.items() if 1 < len(who) <= most} - boilerplate
    return frozenset(common), frozenset(rare)


def _least(people: int) -> int:
    """How many tokens two must share: the more pairs there are, the more of them are alike by chance."""
    return LEAST_OWN_TOKENS + round(4 * math.log10(people))


def _nothing(_: int) -> None:
    """Nobody wants to hear."""


def _candidates(read: Sequence[_Read], rare: frozenset[int], least: int) -> Iterable[tuple[int, int]]:
    """Pairs of different people, one of them of the class asked about, with enough rare pieces in common."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(read):
        for piece in set(one.pieces) & rare:
            holders[piece].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in holders.values():
        shared.update(combinations(indexes[:MOST_TOGETHER], 2))
    for (a, b), count in shared.items():
        first, second = read[a].given, read[b].given
        is_of_two = first.person_id != second.person_id and (first.is_asked or second.is_asked)
        if is_of_two and count + PIECE - 1 >= least:
            yield (a, b) if first.submission_id < second.submission_id else (b, a)


def _alike(a: _Read, b: _Read, least: int) -> Alike | None:
    """What both have, if it is much of what is one's own."""
    blocks = _blocks(a.tokens.words, b.tokens.words)
    kept = [(i, j, n) for i, j, n in blocks if not all(a.is_common[i : i + n])]
    in_a = sum(not a.is_common[at] for i, _, n in kept for at in range(i, i + n))
    in_b = sum(not b.is_common[at] for _, j, n in kept for at in range(j, j + n))
    share_a, share_b = in_a / max(1, a.own), in_b / max(1, b.own)
    if max(share_a, share_b) < LEAST_SHARE or min(in_a, in_b) < least:
        return None
    spans = sorted(_lines(a.tokens, i, n) + _lines(b.tokens, j, n) for i, j, n in kept)
    return Alike(a.given.submission_id, b.given.submission_id, share_a, share_b, min(in_a, in_b), _merged(spans))


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """What both have, of `PIECE` tokens at least: in order first, then what stands elsewhere in the other."""
    found: list[tuple[int, int, int]] = []
    left_a, left_b = list(a), list(b)
    for _ in range(3):  # each round finds what the one before had to leave out for the sake of the order
        blocks = LCSseq.editops(left_a, left_b).as_matching_blocks()
        new = [(block.a, block.b, block.size) for block in blocks if block.size >= PIECE]
        if not new:
            break
        found += new
        for i, j, n in new:
            # Words that nothing equals: what was found is not found again.
            left_a[i : i + n] = [f"\0a{at}" for at in range(i, i + n)]
            left_b[j : j + n] = [f"\0b{at}" for at in range(j, j + n)]
    return found


def _lines(tokens: Tokens, start: int, count: int) -> list[int]:
    return [tokens.lines[start], tokens.lines[start + count - 1]]


def _merged(spans: list[list[int]]) -> list[list[int]]:
    """Spans that go on where one ended, in both, are one."""
    merged: list[list[int]] = []
    for first_a, last_a, first_b, last_b in spans:
        if merged and first_a <= merged[-1][1] + 1 and merged[-1][2] <= first_b <= merged[-1][3] + 1:
            merged[-1][1] = max(merged[-1][1], last_a)
            merged[-1][3] = max(merged[-1][3], last_b)
        else:
            merged.append([first_a, last_a, first_b, last_b])
    return merged


def _covered(length: int, starts: Iterable[int]) -> list[bool]:
    """Which tokens lie in a piece that begins at one of these."""
    covered = [False] * length
    for start in starts:
        covered[start : start + PIECE] = [True] * min(PIECE, length - start)
    return covered


def _word(kind: int, string: str, before: str, words: Sequence[str]) -> str:
    if kind == token.INDENT:
        return "indent"
    if kind == token.DEDENT:
        return "dedent"
    if kind == token.STRING:
        return "text"
    if kind != token.NAME or keyword.iskeyword(string) or string in _BUILTINS:
        return string
    is_of_library = before == "." and len(words) > 1 and words[-2] != "self"
    return string if is_of_library or string == "self" else "name"
