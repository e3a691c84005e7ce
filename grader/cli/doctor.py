"""`grader doctor`: what confines submissions on this machine, what is missing and what to do about it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli.render_style import terminal
from grader.errors import SandboxFault
from grader.sandbox.choose import open_sandbox
from grader.sandbox.image import tag
from grader.sandbox.interface import Status
from grader.settings import SANDBOXES, Settings
from grader.spec import Bank

EXIT_NOT_USABLE = 3


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--sandbox", type=click.Choice(SANDBOXES), help="The backend to look at.  [default: auto]")
@click.pass_context
def doctor(context: click.Context, as_json: bool, sandbox: str | None) -> None:
    """Say which sandbox is in use, which layers of it are really in force, and what is missing.

    The exit code is 0 when submissions can be graded here and 3 when not.
    """
    settings = Settings.from_environment()
    found = {
        "sandbox": _sandbox(sandbox or settings.sandbox, single=settings.single),
        "machine": _machine(),
        "questions": _questions(settings),
    }
    usable = bool(found["sandbox"]["usable"])
    if as_json:
        click.echo(json.dumps({"usable": usable, **found}))
    else:
        _print(terminal(), found)
    if not usable:
        context.exit(EXIT_NOT_USABLE)


def _sandbox(name: str, *, single: bool) -> dict[str, Any]:
    """The backend that grading would use now, really started."""
    try:
        with open_sandbox(name, lanes=1, single=single) as place:
            status = place.status()
    except SandboxFault as fault:
        status = Status(backend=name, usable=False, layers={}, missing={"sandbox": str(fault)})
    passed_over = _why_not_docker() if name == "auto" and status.backend == "local" else {}
    return {
        "backend": status.backend,
        "usable": status.usable,
        "mode": status.mode,
        "device": status.device,
        "torch": status.torch,
        "image": tag("sandbox") if status.backend == "docker" else None,
        "layers": status.layers,
        "missing": {**status.missing, **passed_over},
    }


def _why_not_docker() -> dict[str, str]:
    """Why `auto` took the second choice."""
    try:
        open_sandbox("docker", lanes=1).close()
    except SandboxFault as fault:
        return {"docker": str(fault)}
    return {}


def _machine() -> dict[str, Any]:
    memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_mib": memory_bytes // 2**20,
        "gpu": Path("/dev/nvidiactl").exists(),
    }


def _questions(settings: Settings) -> dict[str, Any]:
    ids = Bank.of(settings).ids()
    reference = settings.reference_dir
    secret = ("solution.py", "answer.toml")
    with_reference = [
        name for name in ids if reference is not None and any((reference / name / file).is_file() for file in secret)
    ]
    return {
        "tasks": str(settings.tasks_dir),
        "count": len(ids),
        "reference": None if reference is None else str(reference),
        "with_reference": len(with_reference),
    }


def _print(console: Console, found: dict[str, Any]) -> None:
    sandbox, machine, questions = found["sandbox"], found["machine"], found["questions"]
    yes, no = ("+", "x") if console.options.ascii_only else ("✓", "✗")
    usable = sandbox["usable"]
    console.print(
        Text.assemble(
            (yes if usable else no, "green" if usable else "red"),
            (f" sandbox: {sandbox['backend']}" if usable else " submissions cannot be graded here", "bold"),
            (f"  {sandbox['mode']}, {sandbox['device']}" if usable else "", "bright_black"),
        )
    )
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", style="bright_black")
    for layer in {**sandbox["layers"], **sandbox["missing"]}:
        in_force = bool(sandbox["layers"].get(layer))
        why = sandbox["missing"].get(layer, "")
        table.add_row(
            Text(yes if in_force else no, "green" if in_force else "yellow"), Text(layer.replace("_", " ")), Text(why)
        )
    console.print(table)
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="bright_black", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in (
        ("torch", sandbox["torch"] or "unknown"),
        ("image", sandbox["image"]),
        ("machine", f"{machine['cores']} cores, {machine['memory_mib'] / 1024:.1f} GiB, {_gpu(machine['gpu'])}"),
        ("questions", f"{questions['count']} in {questions['tasks']}"),
        ("reference", _reference(questions)),
    ):
        if value is not None:
            facts.add_row(name, Text(str(value)))
    console.print(facts)


def _gpu(present: bool) -> str:
    return "an NVIDIA card" if present else "no GPU: questions that ask for one run on the CPU"


def _reference(questions: dict[str, Any]) -> str:
    if questions["reference"] is None:
        return "none: only public cases can be graded"
    return f"{questions['with_reference']} of {questions['count']} questions, in {questions['reference']}"
