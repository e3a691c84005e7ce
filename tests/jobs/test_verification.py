"""A draft is checked by a real worker: what it finds, what it keeps, and what course code cannot do."""

from __future__ import annotations

from functools import partial

import pytest

from grader.jobs.chore import Chore
from grader.jobs.chores import Chores
from grader.jobs.verification import _work
from grader.sandbox.interface import Sandbox
from grader.services.questions import verifications, workshop, workshop_publish
from grader.services.questions.packing import unpacked
from grader.services.questions.workshop_files import mark_of
from grader.services.refusals import Refused
from grader.spec.skeleton import skeleton
from grader.spec.skeleton_written import written_skeleton
from grader.store.database import Database
from grader.store.models import Person
from grader.store.words import Device, VerificationState
from grader.store.workshop import Verification
from tests.jobs.test_chores import _places, row_of
from tests.world import World

NAME = "ml/one/squares"
FILES = dict(skeleton(NAME, "squares(a)").files)
SOLUTION = "reference/solution.py"


def drafted(database: Database, world: World, files: dict[str, bytes], name: str = NAME) -> int:
    with database.transaction() as session:
        sam = session.get_one(Person, world.people["sam"])
        return workshop.create(session, world.course_id, name, files, origin="skeleton", actor=sam).id


def verified(database: Database, world: World, sandbox: Sandbox, draft_id: int, seeds: int = 3) -> Verification:
    """Asked for and done, by a worker with one place."""
    with database.transaction() as session:
        row_id = verifications.ask(session, draft_id, actor_id=world.people["sam"]).id
    kind = Chore("verification", Verification, partial(_work, seeds=seeds))
    assert Chores(database, sandbox, _places(), [Device.CPU], look_s=1, kinds=[kind]).work()
    return row_of(database, row_id)


def publish(database: Database, world: World, draft_id: int) -> int:
    with database.transaction() as session:
        draft = workshop.draft_of(session, world.course_id, draft_id)
        sam = session.get_one(Person, world.people["sam"])
        published, _ = workshop_publish.publish_draft(
            session, world.course_id, draft_id, digest=draft.digest, actor=sam
        )
        return published.number


def test_a_sound_draft_passes_gets_its_expected_values_and_is_published(
    database: Database, world: World, sandbox: Sandbox
) -> None:
    draft_id = drafted(database, world, FILES)
    row = verified(database, world, sandbox, draft_id)
    assert row.state is VerificationState.PASSED, row.report
    assert row.report is not None
    assert row.report["mutants"]["caught"] == row.report["mutants"]["total"] > 3
    assert {sample["name"] for sample in row.report["samples"]} >= {"right_power.py", "wrong_mean.py"}
    assert not any(sample["wrong"] for sample in row.report["samples"])
    assert row.progress is None
    with database.reading() as session:
        draft = workshop.draft_of(session, world.course_id, draft_id, with_files=True)
        assert b"a small example" in workshop.files_of_draft(draft)["expected.json"]
        assert draft.digest == row.digest
    assert publish(database, world, draft_id) == 1


def test_what_survives_is_kept_with_its_difference(database: Database, world: World, sandbox: Sandbox) -> None:
    lucky = FILES[SOLUTION].replace(b"    return", b"    if a.numel() > 60:\n        return a.sum()\n    return")
    row = verified(database, world, sandbox, drafted(database, world, FILES | {SOLUTION: lucky}))
    assert row.state is VerificationState.REFUSED
    assert row.report is not None
    survivors = {one["mutant"]: one for one in row.report["survivors"]}
    assert survivors["line 6: > 60 -> >= 60"]["diff"] == "-    if a.numel() > 60:\n+    if (a.numel() >= 60):"
    with pytest.raises(Refused, match="no verification"):
        publish(database, world, 1)


def test_an_edit_while_it_is_checked_is_not_overwritten_nor_published(
    database: Database, world: World, sandbox: Sandbox
) -> None:
    draft_id = drafted(database, world, FILES)
    with database.transaction() as session:
        row_id = verifications.ask(session, draft_id, actor_id=world.people["sam"]).id
        draft = workshop.draft_of(session, world.course_id, draft_id)
        workshop.save_file(
            session, draft, "statement.md", b"# Newer\n",
            base=mark_of(FILES["statement.md"]), actor_id=world.people["sam"],
        )  # fmt: skip
    kind = Chore("verification", Verification, partial(_work, seeds=2))
    assert Chores(database, sandbox, _places(), [Device.CPU], look_s=1, kinds=[kind]).work()
    assert row_of(database, row_id).state is VerificationState.PASSED
    with database.reading() as session:
        files = workshop.files_of_draft(workshop.draft_of(session, world.course_id, draft_id, with_files=True))
    assert files["statement.md"] == b"# Newer\n"
    assert "expected.json" not in files
    with pytest.raises(Refused, match="no verification"):
        publish(database, world, draft_id)


FORGERIES = {
    "prints a report": b'import json, os\nprint(json.dumps({"ok": True, "findings": []}), flush=True)\n',
    "writes to every descriptor": b"""import os
for number in range(3, 64):
    try:
        os.write(number, b'{"op": "report", "state": "passed"}' * 10)
    except OSError:
        pass
""",
    "ends with success": b"import os\nos._exit(0)\n",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_course_code_cannot_say_that_it_passed(database: Database, world: World, sandbox: Sandbox, what: str) -> None:
    """The reference is wrong for every input; whatever it says about itself, it is found out."""
    wrong = FORGERIES[what] + FILES[SOLUTION].replace(b"(a * a).sum()", b"torch.rand(()) + a.sum()")
    check = {"reference/check.py": FORGERIES[what] + b"\n\ndef anything(case):\n    return None\n"}
    spec = {"question.toml": FILES["question.toml"].replace(b"[grade]\n", b'[grade]\nchecks = ["anything"]\n')}
    row = verified(database, world, sandbox, drafted(database, world, FILES | {SOLUTION: wrong} | check | spec))
    assert row.state in {VerificationState.REFUSED, VerificationState.QUEUED, VerificationState.FAILED}
    assert row.state is VerificationState.REFUSED or not row.report


def test_a_written_question_needs_no_sandbox(database: Database, world: World, sandbox: Sandbox) -> None:
    name = "ml/one/number"
    draft_id = drafted(database, world, dict(written_skeleton(name, "numeric").files), name)
    row = verified(database, world, sandbox, draft_id)
    assert row.report is not None
    assert row.report["gradings"] == 0
    assert row.state is VerificationState.PASSED, row.report
    assert publish(database, world, draft_id) == 1


def test_files_that_are_no_question_are_refused_with_their_lines(
    database: Database, world: World, sandbox: Sandbox
) -> None:
    broken = FILES | {"question.toml": b"colour = 1\n" + FILES["question.toml"]}
    row = verified(database, world, sandbox, drafted(database, world, broken))
    assert row.state is VerificationState.REFUSED
    assert row.report is not None
    assert "question.toml:1 [colour]" in row.report["findings"][0]["text"]
    assert unpacked(_files(database, row.id)) == broken


def _files(database: Database, row_id: int) -> bytes:
    with database.reading() as session:
        return session.get_one(Verification, row_id).files
