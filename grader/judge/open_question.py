"""A question that is ready to be graded: its spec, its code loaded, what it expects of public cases remembered."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch

from grader.errors import AuthorFault, WireError
from grader.judge.author_code import AuthorFile
from grader.judge.cases import CaseMaker, MadeCase, derived_seed
from grader.judge.reference import Expected, Reference
from grader.spec.load import load_question
from grader.spec.model import Case
from grader.spec.question import CASES_FILE, CHECK_FILE, EXPECTED_FILE, PROBE_FILE
from grader.vocab import Visibility
from grader.wire import Bounds, Value, encode
from grader.wire.text import from_text, to_text

MOST_REMEMBERED = 128


@dataclass(frozen=True, slots=True)
class Stored:
    """What `expected.json` holds of one case."""

    inputs: dict[str, Value]
    expected: Expected


class OpenQuestion:
    """One question in the judge's process. Raises AuthorFault when its files do not load."""

    def __init__(self, files: Mapping[str, bytes], device: str, question_id: str = "question") -> None:
        question = load_question(files, question_id)
        if question.spec.kind != "code":
            raise AuthorFault("a written question has nothing to run", where="question.toml", key="kind")
        self.spec = question.spec
        self.version = question.version
        self.device = device if self.spec.device == "cuda" and torch.cuda.is_available() else "cpu"
        self.files = question.files
        self._maker = CaseMaker(self.spec, AuthorFile(CASES_FILE, self.files[CASES_FILE]), self.device)
        self.reference = Reference(self.spec, self.files) if question.has_reference else None
        check = self.files.get(CHECK_FILE)
        self.checks = AuthorFile(CHECK_FILE, check) if check is not None else None
        self._stored = self._read_stored() if self.reference is None else {}
        self._made: OrderedDict[tuple[str, int], MadeCase] = OrderedDict()
        self._payloads: dict[tuple[str, int], bytes] = {}

    def load_message(self, source: bytes) -> dict[str, Value]:
        """What the student's child is told to load."""
        entry = self.spec.entry_point
        probe = self.files.get(PROBE_FILE)
        return {
            "op": "load",
            "source": source,
            "entry": entry.name,
            "kind": entry.kind,
            "parameters": len(entry.parameters),
            "probe": probe.decode("utf-8-sig") if probe is not None else None,
            "device": self.device,
        }

    def can_judge(self, case: Case) -> bool:
        """Whether what the case expects is known here."""
        if self.reference is not None:
            return True
        return case.name in self._stored and not self.spec.grade_of(case).checks

    def made(self, case: Case, run_seed: int) -> MadeCase:
        """The case with its inputs; those made last are remembered."""
        return self._made_with(case, self._maker.seed_of(case, run_seed))

    def made_for_all(self, case: Case) -> MadeCase:
        """The case with inputs that are the same for every submission; remembered."""
        return self._made_with(case, derived_seed("inputs for all", 0, case.name))

    def _made_with(self, case: Case, seed: int) -> MadeCase:
        key = (case.name, seed)
        made = self._made.get(key)
        if made is None:
            made = self._maker.make(case, key[1])
            stored = self._stored.get(case.name)
            if stored is not None:
                # Another version of torch may draw other numbers from the same seed.
                made = replace(made, sent=stored.inputs, call={**made.call, "inputs": stored.inputs})
            self._made[key] = made
            if len(self._made) > MOST_REMEMBERED:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(key)  # hidden inputs of runs that are over go first
        return made

    def remade(self, case: Case, seed: int, overrides: dict[str, Any]) -> MadeCase:
        """The case with other args and the same seed; not remembered."""
        return self._maker.make(case, seed, overrides)

    def altered(self, made: MadeCase, inputs: dict[str, Any]) -> MadeCase:
        """The case with other inputs; not remembered."""
        return self._maker.with_inputs(made.case, made.seed, made.args, inputs)

    def payload(self, made: MadeCase, call_id: int, bounds: Bounds) -> bytes:
        """The encoded call; of public cases it is encoded once."""
        if made.case.visibility is not Visibility.PUBLIC:
            return _encoded(made, call_id, bounds)
        key = (made.case.name, call_id)
        payload = self._payloads.get(key)
        if payload is None:
            payload = self._payloads[key] = _encoded(made, call_id, bounds)
        return payload

    def expected(self, made: MadeCase) -> Expected:
        """What the case expects, by the reference or, without one, by `expected.json`."""
        if self.reference is not None:
            return self.reference.expected(made)
        return self._stored[made.case.name].expected

    def expected_besides(self, made: MadeCase) -> Expected:
        """The same for inputs that will not come again: not remembered."""
        return self.reference.run(made) if self.reference is not None else self.expected(made)

    def public_expectations(self) -> dict[str, Any]:
        """What `expected.json` should hold, as JSON: of each public case its inputs, and what is expected by key."""
        if self.reference is None:
            raise AuthorFault("expected values come from the reference, which is not here")
        cases: dict[str, Value] = {}
        for case in self.spec.cases:
            if case.visibility is Visibility.PUBLIC:
                made = self.made(case, 0)
                expected = self.reference.expected(made)
                keys = [observation.key for observation in made.observations] if expected.raises is None else []
                observed: dict[str, Value] = dict(zip(keys, expected.observed, strict=True))
                cases[case.name] = {"inputs": made.sent, "expected": observed, "raises": expected.raises}
        text = to_text(cases)
        assert isinstance(text, dict)
        return text

    def _read_stored(self) -> dict[str, Stored]:
        if EXPECTED_FILE not in self.files:
            return {}
        try:
            cases: Any = from_text(json.loads(self.files[EXPECTED_FILE]))
            return {name: self._stored_case(name, entry) for name, entry in cases.items()}
        except (WireError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"not as `grader question verify --write-expected` writes it: {error}"
            raise AuthorFault(message, where=EXPECTED_FILE) from error

    def _stored_case(self, name: str, entry: dict[str, Any]) -> Stored:
        made = self.made_without_store(name)
        if entry["raises"] is not None:
            return Stored(entry["inputs"], Expected([], raises=str(entry["raises"])))
        observed = [entry["expected"][observation.key] for observation in made.observations]
        return Stored(entry["inputs"], Expected(observed))

    def made_without_store(self, name: str) -> MadeCase:
        """A public case as its maker makes it."""
        case = self.spec.case(name)
        return self._maker.make(case, self._maker.seed_of(case, 0))


def _encoded(made: MadeCase, call_id: int, bounds: Bounds) -> bytes:
    try:
        return encode({**made.call, "id": call_id}, bounds)
    except WireError as error:
        raise AuthorFault(f"the inputs do not travel: {error}", where=CASES_FILE, key=made.case.make) from error
