"""From what happened to a submission, other than a wrong value, to a verdict with its message."""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from grader.judge.answers import Error, Frame
from grader.judge.messages import Said, cut, say
from grader.vocab import Diagnosis, Limits, Outcome, Verdict

_ALLOCATION_FAILED = ("can't allocate memory", "not enough memory", "out of memory", "failed to allocate")


_NOT_AS_ASKED = {
    "MissingParameter": Diagnosis.NOT_REGISTERED,
    "WrongParameterCount": Diagnosis.NOT_REGISTERED,
    "WrongParameterShape": Diagnosis.WRONG_SHAPE,
    "NotAModule": Diagnosis.WRONG_TYPE,
    "GraphAlreadyFreed": Diagnosis.DETACHED,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict on a case with the words for it."""

    verdict: Verdict
    diagnosis: Diagnosis | None
    said: Said
    frames: tuple[Frame, ...] = ()
    note: str | None = None


def ruling_of_outcome(outcome: Outcome, detail: str, limits: Limits) -> Ruling:
    """What it means that the process ended during a call, or while the submission was loaded."""
    shown = f" ({cut(detail, 120)})" if detail else ""
    match outcome:
        case Outcome.WALL_TIME:
            said = say("wall_time", limit=f"{limits.wall_s:g}", detail="")
            return Ruling(Verdict.TIME_LIMIT, Diagnosis.TIMED_OUT, said)
        case Outcome.CPU_TIME:
            return Ruling(Verdict.TIME_LIMIT, Diagnosis.TIMED_OUT, say("cpu_time", limit=f"{limits.cpu_s:g}"))
        case Outcome.MEMORY:
            return Ruling(Verdict.MEMORY_LIMIT, Diagnosis.OUT_OF_MEMORY, say("memory", limit=limits.memory_mib))
        case Outcome.OUTPUT:
            return Ruling(Verdict.OUTPUT_LIMIT, Diagnosis.TOO_MUCH_OUTPUT, say("output", limit=limits.output_kib))
        case Outcome.EXITED:
            return Ruling(Verdict.RUNTIME_ERROR, Diagnosis.EXITED, say("exited", detail=shown))
        case Outcome.CRASHED:
            return Ruling(Verdict.RUNTIME_ERROR, Diagnosis.CRASHED, say("crashed", detail=shown))
        case _:
            return protocol_ruling(detail)


def protocol_ruling(why: str) -> Ruling:
    """What came back was no answer. `why` is for staff."""
    return Ruling(Verdict.RUNTIME_ERROR, Diagnosis.CRASHED, say("protocol"), note=cut(why))


def not_comparable_ruling(error: Exception) -> Ruling:
    """The judge itself failed on what the submission answered. Staff see how."""
    note = f"the answer could not be compared: {type(error).__name__}: {error}"
    return Ruling(Verdict.WRONG_ANSWER, Diagnosis.WRONG_TYPE, say("not_comparable"), note=cut(note))


def total_time_ruling(limits: Limits) -> Ruling:
    """The time for the whole conversation was over before this case was answered."""
    return Ruling(Verdict.TIME_LIMIT, Diagnosis.TIMED_OUT, say("total_time", limit=f"{limits.total_wall_s:g}"))


def fault_ruling(message: str) -> Ruling:
    """The student's process says that the harness in it failed.

    Not believed: the same code has just run the reference, and whoever can claim a fault of the grader's would never
    use up an attempt. Staff see what was claimed; a sandbox that really fails is reported by the runtime.
    """
    return protocol_ruling(f"the submission's process reported a fault of the harness: {message}")


def ruling_of_error(error: Error, limits: Limits) -> Ruling:
    """What an exception means, wherever it was raised."""
    note = f"{error.type}: {error.message}"
    if is_out_of_memory(error):
        said = say("memory", limit=limits.memory_mib)
        return Ruling(Verdict.MEMORY_LIMIT, Diagnosis.OUT_OF_MEMORY, said, error.frames, note)
    if error.stage in {"compile", "import", "entry"}:
        return _not_loaded(error)
    if error.type == "AnswerTooLarge":
        said = say("answer_too_large", limit=limits.answer_kib)
        return Ruling(Verdict.OUTPUT_LIMIT, Diagnosis.TOO_MUCH_OUTPUT, said, (), note)
    if error.type in _NOT_AS_ASKED and not error.frames:  # found by the harness, not raised by the submission
        said = say("not_as_asked", message=error.message)
        return Ruling(Verdict.RUNTIME_ERROR, _NOT_AS_ASKED[error.type], said, (), note)
    said = say("exception", type=shown_type(error.type), at=_at(error), message=error.message)
    if not hasattr(builtins, error.type):
        # A class made by the submission could carry the inputs of a hidden case in its name.
        said = Said(said.id, said.public, say("exception", type="an exception", at=_at(error), message="").discreet)
    diagnosis = Diagnosis.WRONG_PARAMETERS if error.type == "WrongParameters" else Diagnosis.EXCEPTION
    return Ruling(Verdict.RUNTIME_ERROR, diagnosis, said, error.frames, note)


def _not_loaded(error: Error) -> Ruling:
    """Told in full for hidden cases too: only the answer to `load` has these stages, and it comes before any input."""
    if error.stage == "compile":
        said = say("syntax_error", at=_at(error), message=error.message)
        encoding = "utf-8" in error.message or "encod" in error.message or "null byte" in error.message
        diagnosis = Diagnosis.BAD_ENCODING if encoding and error.line is None else Diagnosis.SYNTAX_ERROR
    elif error.stage == "import":
        said = say("import_failed", type=shown_type(error.type), at=_at(error), message=error.message)
        diagnosis = Diagnosis.IMPORT_FAILED
    else:
        said = say("missing_entry_point", message=error.message)
        diagnosis = Diagnosis.WRONG_PARAMETERS if error.type == "WrongParameters" else Diagnosis.MISSING_ENTRY_POINT
    return Ruling(Verdict.INVALID_SUBMISSION, diagnosis, said, error.frames, f"{error.type}: {error.message}")


def shown_type(name: str) -> str:
    """The name of an exception's type for people."""
    return cut(name, 60)


def is_out_of_memory(error: Error) -> bool:
    """Python's or torch's way to say that there was no memory."""
    if error.type in {"MemoryError", "OutOfMemoryError", "_ArrayMemoryError"}:
        return True
    text = error.message.lower()
    return error.type == "RuntimeError" and any(words in text for words in _ALLOCATION_FAILED)


def _at(error: Error) -> str:
    return f" on line {error.line}" if error.line is not None else ""
