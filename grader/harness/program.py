"""Runs one call: the steps in order, then what is to be observed. The same code for submission and reference."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from grader.errors import AuthorFault
from grader.harness import pristine
from grader.harness.build import build_inputs
from grader.harness.convert import Converter
from grader.harness.load_submission import Entry
from grader.harness.loading import WAYS, load_values
from grader.harness.modules import is_module
from grader.harness.observe import GRADIENTS, RaisedInside, Scene, observe
from grader.harness.operators import OperatorCount
from grader.harness.randomness import RandomState, seed_everything
from grader.harness.tracebacks import Raised, SubmissionFault, describe_error, type_name
from grader.wire import DEFAULT_BOUNDS, Bounds, Value

SUBMISSION = "submission"


def run_call(
    entry: Entry, probe: ModuleType | None, call: dict[str, Any], bounds: Bounds = DEFAULT_BOUNDS
) -> list[Value]:
    """What the `call` of docs/architecture.md, section 2, observes: one Value for each entry of `observe`.

    Raises Raised when the submission (or the reference) raises, and AuthorFault for a call that makes no sense.
    """
    entry.surroundings.restore()
    wanted: list[dict[str, Any]] = call["observe"]
    kinds = {spec["what"] for spec in wanted}
    logged = {spec["of"] for spec in wanted if spec["what"] == "log"}
    seed = call.get("seed")
    if seed is not None and probe is not None:
        seed_everything(seed)  # a factory of probe.py may draw too
    inputs, logs = build_inputs(call["inputs"], probe, logged, bounds)
    names: dict[str, Any] = {**inputs, SUBMISSION: entry.target}
    if seed is not None:
        seed_everything(seed)
    before = RandomState.now() if "random_state" in kinds else None
    operators = OperatorCount() if "operators" in kinds else None
    _run_steps(entry, probe, call["steps"], names, operators)
    scene = Scene(
        names,
        call["inputs"],
        logs,
        dict(operators.counts) if operators is not None else None,
        before.unchanged() if before is not None else None,
        Converter(bounds),
    )
    return _observe_all(entry, scene, wanted)


def _run_steps(
    entry: Entry,
    probe: ModuleType | None,
    steps: list[dict[str, Any]],
    names: dict[str, Any],
    operators: OperatorCount | None,
) -> None:
    for at, step in enumerate(steps):
        run = _Step(step, probe, names)
        run.check()
        try:
            with ExitStack() as active:
                if operators is not None:
                    active.enter_context(operators)
                run.run()
        except BaseException as error:  # noqa: BLE001 - SystemExit and what else a submission thinks of are its errors
            entry.surroundings.restore()
            raise Raised(describe_error(error, "step", at, entry.source)) from None
    entry.surroundings.restore()


def _observe_all(entry: Entry, scene: Scene, wanted: list[dict[str, Any]]) -> list[Value]:
    """Gradients last: a backward pass runs code of the submission, which must not change what else is seen."""
    observed: list[Value] = [None] * len(wanted)
    for at, spec in sorted(enumerate(wanted), key=lambda numbered: numbered[1]["what"] in GRADIENTS):
        try:
            observed[at] = observe(scene, spec)
        except RaisedInside as inside:
            entry.surroundings.restore()
            raise Raised(describe_error(inside.error, "observe", None, entry.source)) from None
    return observed


@dataclass(frozen=True, slots=True)
class _Step:
    step: dict[str, Any]
    probe: ModuleType | None
    names: dict[str, Any]

    def check(self) -> None:
        """Raise AuthorFault for names that nobody made, before anything is blamed on the submission."""
        step = self.step
        used = [*step.get("args", ()), *step.get("kwargs", {}).values()]
        if "call" in step:
            used.append(step["call"].partition(".")[0])
        elif step.get("by") in WAYS:
            used += [step["load"], step["from"]]
        elif "to" in step:
            used.append(step["to"])
        elif "probe" not in step or not callable(getattr(self.probe, step["probe"], None)):
            raise AuthorFault(f"a step that cannot be run: {step}")
        for name in used:
            if name not in self.names:
                raise AuthorFault(f"nothing is called `{name}` at the step {step}")

    def run(self) -> None:
        step = self.step
        if "load" in step:
            load_values(self.names[step["load"]], self.names[step["from"]], step["by"])
            return
        if "to" in step:
            self._convert(step["to"], step["dtype"])
            return
        args = [self.names[name] for name in step.get("args", ())]
        kwargs = {keyword: self.names[name] for keyword, name in step.get("kwargs", {}).items()}
        if "probe" in step:
            result = getattr(self.probe, step["probe"])(self.names[SUBMISSION], *args, **kwargs)
        else:
            name, *attributes = step["call"].split(".")
            target = self.names[name]
            for attribute in attributes:
                target = getattr(target, attribute)
            result = target(*args, **kwargs)
        if step.get("as"):
            self.names[step["as"]] = result

    def _convert(self, name: str, dtype_name: str) -> None:
        obj, dtype = self.names[name], pristine.DTYPE_OF_NAME[dtype_name]
        if is_module(obj):
            pristine.convert_module(obj, dtype)
        elif type(obj) is pristine.Tensor:
            self.names[name] = pristine.to(obj, dtype)
        else:
            raise SubmissionFault("NotAModule", f"A torch.nn.Module is needed here; this is a {type_name(obj)}.")
