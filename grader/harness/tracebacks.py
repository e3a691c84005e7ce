"""What a student is told of an exception: the type, the message, and the frames of their own file."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType, TracebackType

from grader.wire import Value

MAX_MESSAGE_CHARS = 2000
MAX_FRAMES = 10
_HEAD_FRAMES = 3  # of those, from the outer end; the others are nearest to the error
_MAX_SOURCE_CHARS = 300

# Held as functions: an exception's class may define attributes of these names that lie or raise.
_type_name = vars(type)["__name__"].__get__
_traceback = vars(BaseException)["__traceback__"].__get__
_NO_MESSAGE = "(the message could not be read)"


class Raised(Exception):
    """The submission raised. `error` is the Error of docs/architecture.md, section 2."""

    def __init__(self, error: dict[str, Value]) -> None:
        super().__init__(error["type"], error["message"])
        self.error = error


class SubmissionFault(Exception):
    """The submission is not what was asked for, as the harness found; the student sees an error of type `kind`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


@dataclass(frozen=True, slots=True)
class Source:
    """The file that tracebacks may show."""

    filename: str
    lines: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, filename: str, data: bytes) -> Source:
        """Lines as Python counts them: a form feed does not end one."""
        text = data.decode("utf-8-sig", errors="replace")
        return cls(filename, tuple(io.StringIO(text, newline=None)))

    def line(self, number: int) -> str:
        """The text of one line, counted from 1, without its indentation; empty when there is none."""
        return self.lines[number - 1].strip()[:_MAX_SOURCE_CHARS] if 0 < number <= len(self.lines) else ""


def describe_error(error: BaseException, stage: str, step: int | None, source: Source) -> dict[str, Value]:
    """The Error for what a submission raised, read without trusting the exception."""
    if type(error) is SubmissionFault and type(error.kind) is type(error.message) is str:
        kind, message = error.kind, error.message
    else:
        kind, message = str(_type_name(type(error)))[:100], _message(error)
    frames = _own_frames(_traceback(error), source)
    line = frames[-1][0] if frames else None
    shown: list[Value] = [
        {"line": number, "function": function, "source": source.line(number)} for number, function in _compact(frames)
    ]
    if stage == "compile" and isinstance(error, SyntaxError) and type(error.lineno) is int:
        line = error.lineno
        message = _clean(error.msg) if type(error.msg) is str else message
        shown = [{"line": line, "function": "<module>", "source": source.line(line)}]
    return {
        "stage": stage,
        "step": step,
        "type": _clean(kind),
        "message": _clean(message),
        "line": line,
        "frames": shown,
    }


def type_name(obj: object) -> str:
    """The name of an object's type, whatever its metaclass says; at most 100 characters."""
    return _clean(str(_type_name(type(obj)))[:100])


def _message(error: BaseException) -> str:
    try:
        text = str(error)
        # A subclass of str may override what is done with it below.
        return _clean(text if type(text) is str else str.__str__(text))
    except BaseException:  # noqa: BLE001 - a submission's own __str__ may raise anything at all
        return _NO_MESSAGE


def _clean(text: str) -> str:
    """Cut, and without lone surrogates, which do not travel."""
    return text[:MAX_MESSAGE_CHARS].encode("utf-8", errors="replace").decode("utf-8")


def _own_frames(trace: TracebackType | None, source: Source) -> list[tuple[int, str]]:
    """(line, function) of the submission's frames, outermost first; of a deep recursion only both ends."""
    head: list[tuple[int, str]] = []
    tail: deque[tuple[int, str]] = deque(maxlen=10 * MAX_FRAMES)
    for code, line in _walk(trace):
        if code.co_filename == source.filename:
            place = (line, code.co_name)
            if len(head) < _HEAD_FRAMES:
                head.append(place)
            else:
                tail.append(place)
    return [*head, *tail]


def _walk(trace: TracebackType | None) -> Iterator[tuple[CodeType, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code, trace.tb_lineno or 0
        trace = trace.tb_next


def _compact(frames: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A function that calls itself again and again is shown once."""
    kept = [frame for at, frame in enumerate(frames) if at == 0 or frame != frames[at - 1]]
    if len(kept) > MAX_FRAMES:
        kept = kept[:_HEAD_FRAMES] + kept[_HEAD_FRAMES - MAX_FRAMES :]
    return kept
