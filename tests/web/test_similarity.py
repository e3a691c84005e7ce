from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from grader.clock import utc_now
from grader.services.handing_in.submit import hand_in
from grader.services.similarity.likeness import Given, compare
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Course, Submission
from grader.store.similarity import SimilarityCheck, SimilarPair
from grader.store.words import CourseRole, SimilarityState
from tests.services.test_likeness import one_way
from tests.web.question_world import entered, open_site
from tests.web.test_submission_page import words
from tests.world import TENSOR_ADD, World, enrol, person

Site = tuple[Flask, Database, World]
ITEM = "/c/ml/ta/similarity/t3/tensor_add/"


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Site:
    return open_site(tmp_path, sqlite_url)


def handed(site: Site, person_id: int, item_id: int, source: str) -> int:
    with site[1].transaction() as session:
        return hand_in(session, person_id=person_id, item_id=item_id, source=source.encode()).submission_id


def another_course(site: Site) -> tuple[int, int]:
    """Last year's: the same question, and somebody who handed it in. Gives the submission and its course."""
    _, database, world = site
    with database.transaction() as session:
        course = Course(slug="ml25", title="Machine Learning", term="2025", created_at=utc_now())
        session.add(course)
        session.flush()
        task = Assignment(course_id=course.id, slug="t3", title="Tutorial 3", created_at=utc_now())
        session.add(task)
        session.flush()
        question_id = session.get_one(AssignmentItem, world.item_id).question_id
        item = AssignmentItem(assignment_id=task.id, question_id=question_id, slug="tensor_add")
        session.add(item)
        zoe = person(session, "zoe", name="Zoe Lastyear")
        enrol(session, course.id, zoe.id, CourseRole.STUDENT)
        session.flush()
        ids = zoe.id, item.id, course.id
    return handed(site, ids[0], ids[1], one_way(1)), ids[2]


def compared(site: Site, *submission_ids: int) -> int:
    """As a worker leaves it; gives the first pair."""
    _, database, world = site
    with database.transaction() as session:
        given = [
            Given(id_, session.get_one(Submission, id_).person_id, session.get_one(Submission, id_).source)
            for id_ in submission_ids
        ]
        others = [Given(-number, -number, one_way(number).encode()) for number in range(20, 40)]
        check = SimilarityCheck(
            course_id=world.course_id,
            item_id=world.item_ids[TENSOR_ADD],
            state=SimilarityState.FINISHED,
            compared=len(given),
            queued_at=utc_now(),
            finished_at=utc_now(),
        )
        session.add(check)
        session.flush()
        first = 0
        for one in compare([*given, *others], frozenset()).pairs:
            pair = SimilarPair(
                check_id=check.id,
                a_id=one.a_id,
                b_id=one.b_id,
                share=one.share,
                share_a=one.share_a,
                share_b=one.share_b,
                tokens=one.tokens,
                spans=one.spans,
                note="",
            )
            session.add(pair)
            session.flush()
            first = first or pair.id
        return first


def pair_of_ada_and_bob(site: Site) -> int:
    _, _, world = site
    ada = handed(site, world.people["ada"], world.item_id, one_way(1))
    bob = handed(site, world.people["bob"], world.item_id, "# <b>mine</b>\n" + one_way(1).replace("data", "mine"))
    return compared(site, ada, bob)


def test_a_ta_asks_and_reads_who_stands_out_side_by_side(site: Site) -> None:
    tina = entered(site[0], "tina")
    assert "Not compared yet" in words(tina.get(ITEM).text)
    assert tina.post(ITEM).status_code == 303
    assert "there is nothing to compare" in tina.get(ITEM).text
    pair = pair_of_ada_and_bob(site)
    assert tina.post(ITEM).status_code == 303
    assert "A worker compares the submissions" in tina.get(ITEM).text
    assert "Waits or runs" in tina.get("/c/ml/ta/similarity/").text
    listing = tina.get(ITEM)
    assert "Ada and Bob" in words(listing.text)
    page = tina.get(f"{ITEM}{pair}")
    assert page.status_code == 200
    assert "100%" in page.text
    assert "&lt;b&gt;mine" in page.text
    assert re.search(r'<li id="a\d+" class="match match-1"><a class="line-number" href="#b\d+"', page.text)
    assert "/submissions/" in page.text


def test_a_judgement_is_kept_and_can_be_taken_back(site: Site) -> None:
    pair = pair_of_ada_and_bob(site)
    tina = entered(site[0], "tina")
    assert tina.post(f"{ITEM}{pair}", verdict="look", note="Ask them <both>.").status_code == 303
    listing = tina.get(ITEM).text
    assert "Look into it" in listing
    assert "Ask them &lt;both&gt;." in listing
    assert tina.post(f"{ITEM}{pair}", verdict="guilty", note="").location == f"{ITEM}{pair}"
    assert tina.post(f"{ITEM}{pair}", verdict="", note="").status_code == 303
    assert "Look into it" not in tina.get(ITEM).text


def test_no_student_learns_of_it_anywhere(site: Site) -> None:
    pair = pair_of_ada_and_bob(site)
    tina = entered(site[0], "tina")
    assert tina.post(f"{ITEM}{pair}", verdict="reported", note="Secret note.").status_code == 303
    for login, status in (("ada", 403), ("bob", 403), ("eve", 404)):
        visitor = entered(site[0], login)
        for path in ("/c/ml/ta/similarity/", ITEM, f"{ITEM}{pair}"):
            assert visitor.get(path).status_code == status, (login, path)
        for path in (ITEM, f"{ITEM}{pair}"):
            assert visitor.post(path, verdict="harmless").status_code == status
    ada = entered(site[0], "ada")
    for path in ("/", "/c/ml/", "/c/ml/a/t3/", "/c/ml/a/t3/tensor_add/", "/submissions/1/"):
        page = ada.get(path)
        assert not re.search("similar|secret note|reported", page.text, re.IGNORECASE), path


def test_of_a_course_that_one_does_not_teach_the_code_is_shown_and_no_name(site: Site) -> None:
    _, database, world = site
    theirs, course_id = another_course(site)
    ada = handed(site, world.people["ada"], world.item_id, one_way(1))
    pair = compared(site, theirs, ada)
    tina = entered(site[0], "tina")
    for path in (ITEM, f"{ITEM}{pair}"):
        page = tina.get(path).text
        assert "Zoe" not in page
        assert "somebody in Machine Learning 2025" in words(page)
    assert f"/submissions/{theirs}/" not in tina.get(f"{ITEM}{pair}").text
    with database.transaction() as session:
        enrol(session, course_id, world.people["tina"], CourseRole.TA)
    assert "Zoe Lastyear" in tina.get(ITEM).text


def test_a_pair_of_one_question_is_not_found_under_another(site: Site) -> None:
    pair = pair_of_ada_and_bob(site)
    tina = entered(site[0], "tina")
    other = f"/c/ml/ta/similarity/t3/neg_log_likelihood/{pair}"
    assert tina.get(other).status_code == 404
    assert tina.post(other, verdict="harmless").status_code == 404


def test_of_small_questions_and_of_words_it_says_so(site: Site) -> None:
    _, database, world = site
    compared(site, handed(site, world.people["ada"], world.item_id, "x = 1\n"))
    tina = entered(site[0], "tina")
    assert "Too few people" in tina.get(ITEM).text
    with database.transaction() as session:
        session.query(SimilarityCheck).update({"is_too_small": True})
    assert "so short that all right ones look alike" in tina.get(ITEM).text
    assert "answered in words" in tina.get("/c/ml/ta/similarity/t3/forgetting_zero_grad/").text
    assert tina.post("/c/ml/ta/similarity/t3/forgetting_zero_grad/").status_code == 303
