"""Answers to written questions: read as they were typed, and decided by the key. No process is needed for it.

A message speaks of what was answered, not of what would be right: with attempts left, the key is not given away.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from grader.errors import GraderError
from grader.pipeline.order import CaseResult, Provenance, RunReport
from grader.spec.answer_key import AnswerKey
from grader.spec.model import Answer as AskedFor
from grader.spec.model import QuestionSpec
from grader.vocab import Diagnosis, Verdict, Visibility

MAX_NUMBER_CHARS = 60
MAX_TEXT_CHARS = 20_000
CASE = "answer"
# Decided from the key: there is no sandbox to name.
SANDBOX = "none"

_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]{1,4})?")
_FRACTION = re.compile(r"([+-]?[0-9]+) ?/ ?([0-9]+)")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_MINUS = str.maketrans({"−": "-", "–": "-", "\N{NO-BREAK SPACE}": " "})  # as formulas and phones write it

Answer = dict[str, Any]


class NotAnAnswer(GraderError):
    """What was typed cannot be read as an answer; `str()` tells the person why, and what to write."""


def read_number(text: str, unit: str = "") -> float:
    """The number that somebody typed: with a point or a comma, with an exponent, or as a fraction. Raises NotAnAnswer.

    The question's own unit may stand behind it; any other is refused, for it could mean another number.
    """
    written = text.translate(_MINUS).strip()
    if unit and written.lower().endswith(unit.lower()):
        written = written[: -len(unit)].rstrip()
    if not written:
        raise NotAnAnswer("Write a number.")
    if len(written) > MAX_NUMBER_CHARS:
        raise NotAnAnswer(f"That is too long for a number: at most {MAX_NUMBER_CHARS} characters.")
    fraction = _FRACTION.fullmatch(written)
    if fraction is not None:
        if int(fraction[2]) == 0:
            raise NotAnAnswer("A fraction cannot have 0 below the line.")
        return _finite(Fraction(int(fraction[1]), int(fraction[2])))
    if _THOUSANDS.fullmatch(written):
        plain = written.replace(",", "")
        raise NotAnAnswer(
            f"Is {written} meant as {plain}, or with a decimal comma? Write it as {plain}, or with a point."
        )
    if _NUMBER.fullmatch(written) is None:
        raise NotAnAnswer(_why_no_number(written, unit))
    return _finite(written.replace(",", "."))


def _finite(number: str | Fraction) -> float:
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise NotAnAnswer("That number is too large.")
    return value


def _why_no_number(written: str, unit: str) -> str:
    begun = re.match(r"[+-]?[0-9.,]+([eE][+-]?[0-9]+)?", written)
    if begun is None:
        return "That is not a number. Write it in digits, such as 0.25, 2.5e-3 or 1/4."
    rest = written[begun.end() :].strip()
    if rest.startswith(("%", "percent")):
        return "Write a share as a number: 0.2 for 20 %."
    if rest.startswith(("*", "×", "·", "x 10", "x10", "^")):
        return "Write the exponent with e: 2.5e-3 for 2.5 · 10⁻³."
    if rest[:1].isalpha():
        asked = f" The answer is counted in {unit}." if unit else ""
        return f"Write the number alone, without {rest.split()[0][:20]!r}.{asked}"
    return "That is not one number. Write it in digits, such as 0.25, 2.5e-3 or 1/4."


def read_answer(spec: QuestionSpec, given: Answer) -> Answer:
    """The answer in the form in which it is kept, from what a page or a program sent. Raises NotAnAnswer.

    {"number": text as typed}, {"choices": [names, in the question's order]}, {"text": …}, or of a choice with its
    reason both.
    """
    assert spec.answer is not None
    if spec.kind == "numeric":
        text = _text_of(given, "number")
        read_number(text, spec.answer.unit)
        return {"number": text.strip()}
    kept: Answer = {}
    if spec.kind == "choice":
        kept["choices"] = _choices(spec, given.get("choices"))
    if spec.is_marked:
        kept["text"] = _words(spec.answer, given)
    return kept


def _words(asked: AskedFor, given: Answer) -> str:
    text = _text_of({"text": "", **given} if asked.reason else given, "text").replace("\r\n", "\n").strip()
    if not text and asked.reason:
        raise NotAnAnswer("Write why you chose it: a person reads and marks the reason.")
    if not text:
        raise NotAnAnswer("Write an answer first: there is nothing in it yet.")
    if len(text) > MAX_TEXT_CHARS:
        raise NotAnAnswer(f"The answer has {len(text)} characters; at most {MAX_TEXT_CHARS} are read.")
    words = len(text.split())
    if asked.max_words is not None and words > asked.max_words:
        raise NotAnAnswer(f"The answer has {words} words; at most {asked.max_words} are asked for.")
    return text


def answer_of_text(spec: QuestionSpec, text: str) -> Answer:
    """The answer that a program hands in as plain text: options are named one a line, or with commas.

    Where a reason is asked for, the options stand in the first line and the reason below it.
    """
    if spec.kind == "numeric":
        return {"number": text}
    if spec.kind == "text":
        return {"text": text}
    names, _, reason = text.strip().partition("\n") if spec.is_marked else (text, "", "")
    answer: Answer = {"choices": [name for name in re.split(r"[,\s]+", names) if name]}
    return {**answer, "text": reason} if spec.is_marked else answer


def text_of_answer(answer: Answer) -> str:
    """The same back as text."""
    if "choices" in answer and "text" in answer:
        return f"{', '.join(answer['choices'])}\n\n{answer['text']}"
    if "choices" in answer:
        return "\n".join(answer["choices"])
    return str(answer["number"] if "number" in answer else answer["text"])


def _text_of(given: Answer, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise NotAnAnswer("There is no answer in what was sent.")
    if "\0" in value:
        raise NotAnAnswer("The answer holds a NUL character, which is no text. Type it anew.")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise NotAnAnswer("The answer holds half a character. Type it anew.")
    return value


def _choices(spec: QuestionSpec, chosen: object) -> list[str]:
    assert spec.answer is not None
    if not isinstance(chosen, list) or not chosen:
        raise NotAnAnswer("Choose an answer first.")
    offered = [option.name for option in spec.options]
    for name in chosen:
        if name not in offered:
            raise NotAnAnswer(f"There is no option {str(name)[:40]!r}. Choose among {', '.join(offered)}.")
    if len(set(chosen)) > 1 and not spec.answer.multiple:
        raise NotAnAnswer("Choose one answer only.")
    return [name for name in offered if name in chosen]


def decide(name: str, version: str, spec: QuestionSpec, key: AnswerKey, answer: Answer) -> RunReport:
    """The finished report of a numeric or choice question. `answer` is in the form in which it is kept."""
    case = _numeric(spec, key, answer) if spec.kind == "numeric" else decide_choice(spec, key, answer)
    return RunReport(
        question=name,
        verdict=case.verdict,
        score=case.points,
        max_score=case.max_points,
        duration_ms=0,
        sandbox=SANDBOX,
        device="cpu",
        cases=(case,),
        provenance=Provenance(version=version),
    )


def _numeric(spec: QuestionSpec, key: AnswerKey, answer: Answer) -> CaseResult:
    assert spec.answer is not None
    full = spec.answer.points
    number = read_number(answer["number"], spec.answer.unit)
    if key.accepts(number):
        return _case(full, full, key.explanation.strip())
    for trap in key.traps:
        if math.isclose(number, trap.value, rel_tol=1e-6, abs_tol=1e-12):
            return _case(0.0, full, trap.text.strip())
    if key.accepts(-number):
        return _case(0.0, full, "The size is right, the sign is not.", Diagnosis.SIGN)
    return _case(0.0, full, f"{answer['number']} is not the number asked for.")


def decide_choice(spec: QuestionSpec, key: AnswerKey, answer: Answer) -> CaseResult:
    """What the key says of what was chosen. Why a right one is right is left out where a reason is asked for."""
    assert spec.answer is not None
    full = spec.answer.points_of_choice
    chosen: list[str] = answer["choices"]
    told = {option.name: "" if option.right and spec.is_marked else option.text.strip() for option in key.options}
    if not spec.answer.multiple:
        right = chosen[0] in key.right_options
        return _case(full if right else 0.0, full, told[chosen[0]] or "This choice is right.")
    hits = len(key.right_options.intersection(chosen))
    # A wrong one takes back what a right one earned: choosing everything earns nothing.
    share = max(0, hits - (len(chosen) - hits)) / len(key.right_options)
    texts = {option.name: option.text for option in spec.options}
    lines = [f"{'✓' if name in key.right_options else '✗'} {texts[name]} {told[name]}".rstrip() for name in chosen]
    if hits < len(key.right_options):
        lines.append("Something that is right is not chosen.")
    return _case(full * share, full, "\n".join(lines))


def _case(points: float, most: float, message: str, diagnosis: Diagnosis | None = None) -> CaseResult:
    full = points >= most
    verdict = Verdict.ACCEPTED if full else Verdict.PARTIAL if points > 0 else Verdict.WRONG_ANSWER
    return CaseResult(
        name=CASE,
        visibility=Visibility.PUBLIC,
        verdict=verdict,
        points=points,
        max_points=most,
        group=CASE,
        diagnosis=None if full else (diagnosis or Diagnosis.WRONG_VALUE).value,
        message=message,
    )
