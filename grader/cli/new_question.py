"""`grader question new` and `grader question propose`: the files that an author starts from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import click

from grader.errors import UsageError
from grader.sandbox.choose import open_sandbox
from grader.settings import SANDBOXES, Settings
from grader.spec import Bank, Question, load_question
from grader.spec.draft import draft
from grader.spec.question import EXPECTED_FILE, REFERENCE, SPEC_FILE
from grader.spec.signature import parse_signature
from grader.spec.skeleton import Skeleton, skeleton
from grader.spec.skeleton_written import SPECS, written_skeleton
from grader.verify.expected import expected_text
from grader.verify.propose import Proposals, declared, propose

SANDBOX = click.option("--sandbox", type=click.Choice(SANDBOXES), help="Where submissions run.  [default: auto]")


@click.command(name="new")
@click.argument("question_id", metavar="COURSE/TUTORIAL/NAME")
@click.option("--entry", help='What a submission defines: "f(x: float[\'n d\'], k: int)", or just "f(a, b)".')
@click.option(
    "--solution",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A reference solution: cases, starter and wrong samples are proposed from it and from --entry.",
)
@click.option("--gradients", default="", help="With --solution: parameters whose gradient is graded too, as in a,b.")
@click.option("--pure", is_flag=True, help="With --solution: arguments must come back unchanged.")
@click.option("--class", "is_class", is_flag=True, help="A class; the arguments are those of its call.")
@click.option("--written", type=click.Choice(list(SPECS)), help="A written question of this kind, in place of --entry.")
@SANDBOX
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def new_question(
    question_id: str,
    entry: str | None,
    solution: Path | None,
    gradients: str,
    pure: bool,
    is_class: bool,
    written: str | None,
    sandbox: str | None,
    as_json: bool,
) -> None:
    """Write a new question: an example that verifies at once, or a draft around a --solution."""
    settings = Settings.from_environment()
    if (entry is None) == (written is None):
        raise UsageError('say what is asked for: --entry "f(a, b)", or --written numeric, choice or text')
    if solution is None and (gradients or pure):
        raise UsageError("--gradients and --pure go with --solution; without one, edit the example's question.toml")
    if solution is not None and (is_class or written):
        raise UsageError("--solution is for functions; make an example with --class, then put your solution into it")
    folders = _folders(settings, question_id)
    for folder in folders:
        if folder.exists():
            raise UsageError(f"{folder} is there already; choose another name")
    proposals = None
    if written is not None:
        made = written_skeleton(question_id, written)
    elif solution is None:
        made = skeleton(question_id, entry or "", is_class=is_class)
    else:
        signature = parse_signature(entry or "")
        names = [name.strip() for name in gradients.split(",") if name.strip()]
        made = draft(question_id, signature, solution.read_bytes(), gradients=names, pure=pure)
        tensors = [one.name for one in signature.parameters if one.kind == "float" and one.dimensions is not None]
        made, proposals = _with_proposals(settings, made, tensors, sandbox)
    paths = [_written(folders, name, content) for name, content in made.files.items()]
    verifying = f"`grader question verify {question_id}{'' if written else ' --write-expected'}`"
    if as_json:
        click.echo(json.dumps({"question": question_id, "files": [str(path) for path in paths]} | _said(proposals)))
        return
    for path in paths:
        click.echo(f"wrote {path}")
    _report(proposals)
    what = "say in statement.md what is marked TODO" if proposals else "edit them"
    click.echo(f"Next: {what}, then {verifying}.")


@click.command(name="propose")
@click.argument("name", metavar="QUESTION")
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@SANDBOX
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def propose_samples(name: str, files: tuple[Path, ...], sandbox: str | None, as_json: bool) -> None:
    """Write samples with what they get: mistakes made in the reference, or solutions of your own, the FILEs.

    Every sample declares the verdict and the diagnosis that it got with three seeds. None that exists is touched.
    """
    settings = Settings.from_environment()
    bank = Bank.of(settings)
    question = bank.get(bank.resolve(name))
    if question.spec.kind != "code" or not question.has_reference:
        raise UsageError(f"{question.id} has no reference solution to grade with")
    proposals = None
    if files:
        samples = _declared(settings, question, files, sandbox)
    else:
        proposals = _proposals(settings, question, question.spec.entry_point.parameters, sandbox)
        samples = proposals.samples
    folders = _folders(settings, question.id)
    new = {path: content for path, content in samples.items() if path not in question.files}
    paths = [_written(folders, path, content) for path, content in new.items()]
    if as_json:
        click.echo(json.dumps({"question": question.id, "files": [str(path) for path in paths]} | _said(proposals)))
        return
    for path in paths:
        click.echo(f"wrote {path}")
    for kept in sorted(samples.keys() - new.keys()):
        click.echo(f"{kept} is there already: it was left as it is")
    _report(proposals)
    click.echo(f"Next: keep those that a student would hand in, then `grader question verify {question.id}`.")


def _declared(settings: Settings, question: Question, files: tuple[Path, ...], sandbox: str | None) -> dict[str, bytes]:
    """Samples made of the author's own files."""
    words = {file: re.sub(r"\W+", "_", file.stem.removeprefix("wrong_").removeprefix("right_")) for file in files}
    with open_sandbox(sandbox or settings.sandbox, lanes=settings.lanes or 2) as place:
        samples = declared(question, place, {word: file.read_bytes() for file, word in words.items()})
    for file, word in words.items():
        if not any(path.endswith(f"_{word}.py") for path in samples):
            click.echo(f"{file} gets another verdict with another seed: a case hangs on luck", err=True)
    return samples


def _with_proposals(
    settings: Settings, made: Skeleton, tensors: Iterable[str], sandbox: str | None
) -> tuple[Skeleton, Proposals]:
    """The draft with samples, hints and expected values."""
    proposals = _proposals(settings, load_question(made.files, made.question_id), tensors, sandbox)
    spec = made.files[SPEC_FILE] + proposals.hints().encode()
    files = made.files | {SPEC_FILE: spec} | proposals.samples
    with open_sandbox(sandbox or settings.sandbox, lanes=1) as place:
        expected = expected_text(load_question(files, made.question_id), place)
    return Skeleton(made.question_id, files | {EXPECTED_FILE: expected.encode()}), proposals


def _proposals(settings: Settings, question: Question, tensors: Iterable[str], sandbox: str | None) -> Proposals:
    with open_sandbox(sandbox or settings.sandbox, lanes=settings.lanes or 2) as place:
        return propose(question, place, tensors)


def _folders(settings: Settings, question_id: str) -> tuple[Path, Path]:
    """The public and the secret one."""
    reference_dir = settings.reference_dir or settings.tasks_dir.parent / "reference"
    return settings.tasks_dir / question_id, reference_dir / question_id


def _written(folders: tuple[Path, Path], name: str, content: bytes) -> Path:
    """The file's path, after writing it into the public or the secret folder."""
    secret = name.startswith(REFERENCE)
    path = folders[secret] / name.removeprefix(REFERENCE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _said(proposals: Proposals | None) -> dict[str, list[str]]:
    """For scripts."""
    return {} if proposals is None else {"uncaught": list(proposals.uncaught)}


def _report(proposals: Proposals | None) -> None:
    """What the cases do not catch yet: each may be harmless, or a case that is missing."""
    if proposals is None or not proposals.uncaught:
        return
    click.echo("\nThese changes of the solution get full marks; add a case where one is a mistake:")
    for about in proposals.uncaught:
        click.echo(f"  {about}")
    click.echo()
