from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from grader.services.handing_in.written import hand_in_answer
from grader.store.database import Database
from grader.store.models import Assignment, AuditEvent, SavedComment, WrittenAnswer
from grader.store.words import CourseRole
from tests.web.question_world import NUMERIC, TEXT, WITH_REASON, change, entered, open_site
from tests.web.test_submission_page import words
from tests.web.visitor import OUR_PAGE, Form, Visitor, forms_of
from tests.world import World, enrol, person

Site = tuple[Flask, Database, World]
QUEUE = "/c/ml/ta/marking/t3/forgetting_zero_grad/"


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Site:
    """With a second TA, tom."""
    app, database, world = open_site(tmp_path, sqlite_url)
    with database.transaction() as session:
        world.people["tom"] = person(session, "tom").id
        enrol(session, world.course_id, world.people["tom"], CourseRole.TA)
    return app, database, world


def answered(site: Site, login: str, question: str = TEXT, **answer: object) -> int:
    _, database, world = site
    with database.transaction() as session:
        return hand_in_answer(
            session,
            person_id=world.people[login],
            item_id=world.item_ids[question],
            answer=answer or {"text": f"{login} says they pile up."},
        ).submission_id


def kept(site: Site, submission_id: int) -> tuple[float | None, str]:
    with site[1].reading() as session:
        answer = session.get_one(WrittenAnswer, submission_id)
        return answer.points, answer.comment


def answer_page(marker: Visitor, submission_id: int) -> TestResponse:
    """As the result page leads there."""
    page = marker.get(marker.get(f"/submissions/{submission_id}/mark").location)
    assert page.status_code == 200
    return page


def mark_form(page: TestResponse) -> Form:
    (form,) = [form for form in forms_of(page) if "seen" in form.fields]
    return form


def test_a_ta_marks_by_ticks_and_the_student_reads_points_what_is_met_and_the_comment(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina, ada = entered(site[0], "tina"), entered(site[0], "ada")
    page = answer_page(tina, submission_id)
    text = words(page.text)
    assert "ada says they pile up." in text
    assert "Model answer" in text, "what to measure against stands beside it"
    assert "accumulates: mu.grad is the sum" in text, "and the rubric"
    sent = tina.send(mark_form(page), tick=["accumulation", "the graph"], comment="<b>Why</b>?\r\nSay more.")
    assert sent.status_code == 303
    assert kept(site, submission_id) == (2.0, "<b>Why</b>?\nSay more.")
    read = ada.get(f"/submissions/{submission_id}/")
    assert "Marked Your answer has been read and marked. 2 / 4" in words(read.text)
    assert "&lt;b&gt;Why&lt;/b&gt;?\nSay more." in read.text
    assert words(read.text).count("1 point ") == 2, "only what is met is told"
    assert "Steps are wrong in size" not in read.text
    assert "/ta/marking/" not in read.text


def test_points_can_be_typed_over_what_the_ticks_make(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    assert tina.send(mark_form(answer_page(tina, submission_id)), tick=["the graph"], points="2,5").status_code == 303
    assert kept(site, submission_id)[0] == 2.5
    form = mark_form(answer_page(tina, submission_id))
    assert form.fields["points"] == "2.5"


@pytest.mark.parametrize("points", ["", "five", "4.01", "-1", "nan", "inf"])
def test_points_that_cannot_be_given_leave_what_was_typed_on_the_page(site: Site, points: str) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    form = mark_form(answer_page(tina, submission_id))
    refused = tina.send(form, points=points, comment="Long thoughts about this.")
    assert refused.status_code == 422
    assert "from 0 to 4" in refused.text
    again = mark_form(refused)
    assert again.fields["comment"] == "Long thoughts about this."
    assert again.fields.get("points", "") == points
    assert kept(site, submission_id)[0] is None


def test_only_those_who_mark_get_in_and_nothing_is_marked_without_a_token(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    form = mark_form(answer_page(tina, submission_id))
    for login, status in (("ada", 403), ("bob", 403), ("eve", 404)):
        visitor = entered(site[0], login)
        assert visitor.get(QUEUE).status_code == status
        sent = visitor.post(form.action, points="4", seen=form.fields["seen"], single="1")
        assert sent.status_code == status, login
    assert tina.post(form.action, token="", points="4", seen=form.fields["seen"]).status_code == 400
    assert kept(site, submission_id)[0] is None


def test_what_the_key_decides_is_not_marked(site: Site) -> None:
    submission_id = answered(site, "ada", NUMERIC, number="6")
    tina = entered(site[0], "tina")
    assert "/ta/marking/" not in tina.get(f"/submissions/{submission_id}/").text
    assert tina.get(f"/submissions/{submission_id}/mark").status_code == 404
    assert "A program grades this" in tina.get("/c/ml/ta/marking/t3/what_are_the_parameters/").text
    with site[1].reading() as session:
        assert session.get_one(WrittenAnswer, submission_id).points == 0.0


def test_of_a_choice_with_a_reason_the_reason_is_marked(site: Site) -> None:
    choice = {"choices": ["deterministic"], "text": "All samples in every step."}
    submission_id = answered(site, "ada", WITH_REASON, **choice)
    tina = entered(site[0], "tina")
    page = answer_page(tina, submission_id)
    assert "1 of 1 for the choice, by the key" in words(page.text)
    assert tina.send(mark_form(page), tick=["all samples"]).status_code == 303
    assert kept(site, submission_id)[0] == 2.0


def test_from_the_course_through_the_queue_to_the_end(site: Site) -> None:
    first, second = answered(site, "ada"), answered(site, "bob")
    tina = entered(site[0], "tina")
    assert 'href="/c/ml/ta/marking/t3/"' in tina.get("/c/ml/ta/").text
    assert "0 of 2 answers are marked" in words(tina.get("/c/ml/ta/marking/").text)
    begin = tina.get(QUEUE + "next")
    assert begin.status_code == 303
    page = tina.get(begin.location)
    sent = tina.send(mark_form(page), points="4", go="next")
    assert sent.status_code == 303
    assert sent.location != begin.location, "on to the next"
    last = tina.send(mark_form(tina.get(sent.location)), points="0", go="next")
    assert last.location == QUEUE
    assert "that was the last one" in tina.get(last.location).text
    assert (kept(site, first)[0], kept(site, second)[0]) in {(4.0, 0.0), (0.0, 4.0)}
    assert "2 of 2 marked, 2 by you, 0 by others" in words(tina.get(QUEUE).text)
    assert tina.get(QUEUE + "next").location == QUEUE


def test_an_old_address_of_a_marking_form_leads_to_the_page(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    answer = tina.get(f"/submissions/{submission_id}/mark")
    assert answer.status_code == 303
    assert tina.get(answer.location).status_code == 200


def test_who_wrote_the_same_is_marked_together_unless_asked_otherwise(site: Site) -> None:
    ids = [answered(site, login, text="They pile up.") for login in ("ada", "bob")]
    tina = entered(site[0], "tina")
    page = answer_page(tina, ids[0])
    assert "2 students wrote the same" in page.text
    assert "Ada, Bob" in words(page.text)
    seen = re.findall(r'name="seen" value="([^"]+)"', page.text)
    form = mark_form(page)
    assert tina.send(form, seen=seen, points="3").status_code == 303
    assert sorted(str(kept(site, id_)[0]) for id_ in ids) == ["3.0", "None"], "the box was not ticked"
    page = answer_page(tina, next(id_ for id_ in ids if kept(site, id_)[0] is None))
    assert "wrote the same" not in page.text
    assert tina.send(mark_form(page), points="2").status_code == 303
    assert sorted(kept(site, id_)[0] or 0 for id_ in ids) == [2.0, 3.0]


def test_the_whole_group_gets_the_mark(site: Site) -> None:
    ids = [answered(site, login, text="They pile up.") for login in ("ada", "bob")]
    tina = entered(site[0], "tina")
    page = answer_page(tina, ids[0])
    seen = re.findall(r'name="seen" value="([^"]+)"', page.text)
    assert tina.send(mark_form(page), seen=seen, points="3", same="on").status_code == 303
    assert [kept(site, id_)[0] for id_ in ids] == [3.0, 3.0]


def test_two_who_mark_at_once_lose_nothing_and_replace_nothing_unseen(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina, tom = entered(site[0], "tina"), entered(site[0], "tom")
    theirs = mark_form(answer_page(tom, submission_id))
    assert tina.send(mark_form(answer_page(tina, submission_id)), points="4", comment="Fine.").status_code == 303
    crossed = tom.send(theirs, points="1", comment="My long thoughts.")
    assert crossed.status_code == 409
    assert "Tina" in words(crossed.text)
    assert kept(site, submission_id) == (4.0, "Fine.")
    form = mark_form(crossed)
    assert (form.fields["points"], form.fields["comment"]) == ("1", "My long thoughts.")
    assert tom.send(form).status_code == 303
    assert kept(site, submission_id) == (1.0, "My long thoughts.")


def test_a_session_that_ended_gives_back_what_was_typed(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    form = mark_form(answer_page(tina, submission_id))
    with tina.client.session_transaction() as cookie:
        cookie.pop("_user_id")
    answer = tina.send(form, points="1", comment="My long thoughts.\nOn two lines.")
    assert answer.status_code == 401
    assert "On two lines." in answer.text or "kept" in answer.text
    told = tina.client.post(
        form.action, data={**form.fields, "points": "1"}, headers={**OUR_PAGE, "Accept": "application/json"}
    )
    assert told.status_code == 401
    assert told.is_json


def test_the_script_gets_where_to_go_and_what_was_wrong(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    form = mark_form(answer_page(tina, submission_id))
    headers = {**OUR_PAGE, "Accept": "application/json"}
    wrong = tina.client.post(form.action, data={**form.fields, "points": "9"}, headers=headers)
    assert (wrong.status_code, list(wrong.get_json()["errors"])) == (422, ["points"])
    right = tina.client.post(form.action, data={**form.fields, "points": "3"}, headers=headers)
    assert right.get_json() == {"url": QUEUE}
    stale = entered(site[0], "tom").client.post(form.action, data={**form.fields, "points": "3"}, headers=headers)
    assert stale.status_code in {400, 404}


def test_without_names_no_page_of_marking_tells_who_it_is(site: Site) -> None:
    ids = [answered(site, login) for login in ("ada", "bob")]
    with site[1].transaction() as session:
        for login in ("ada", "bob"):
            who = session.get_one(WrittenAnswer, ids[0] if login == "ada" else ids[1]).submission.person
            who.name, who.email = f"Secret {login.title()} Surname", f"{login}@example.org"
    change(site[1], site[2], is_marked_blind=True, markers_wanted=2)
    tina, tom = entered(site[0], "tina"), entered(site[0], "tom")
    for marker, points in ((tina, "4"), (tom, "1")):
        for id_ in ids:
            found = marker.get(f"/submissions/{id_}/mark")
            page = marker.get(found.location)
            assert f"/submissions/{id_}" not in page.text, "no way to who wrote it"
            assert f"people/{site[2].people['ada']}" not in page.text
            for said in (page.text, found.location):
                assert not re.search("secret|surname|example.org|hand(ed)? in", said, re.IGNORECASE), said
            assert marker.send(mark_form(page), points=points).status_code == 303
    for path in ("/c/ml/ta/marking/", "/c/ml/ta/marking/t3/", QUEUE):
        page = tina.get(path)
        assert page.status_code == 200
        assert not re.search("secret|surname|example.org", page.text, re.IGNORECASE), path


def test_the_second_of_two_does_not_see_the_first_mark_before_theirs(site: Site) -> None:
    submission_id = answered(site, "ada")
    change(site[1], site[2], markers_wanted=2)
    tina, tom, sam = (entered(site[0], login) for login in ("tina", "tom", "sam"))
    comment = "Only tina thinks so."
    assert tina.send(mark_form(answer_page(tina, submission_id)), points="3.25", comment=comment).status_code == 303
    for page in (answer_page(tom, submission_id), tom.get(QUEUE), tom.get("/c/ml/ta/marking/t3/")):
        assert "3.25" not in page.text
        assert comment not in page.text
    assert comment not in tom.get(f"/submissions/{submission_id}/").text
    assert tom.send(mark_form(answer_page(tom, submission_id)), points="1").status_code == 303
    assert comment in answer_page(tom, submission_id).text
    assert kept(site, submission_id)[0] is None
    table = words(sam.get("/c/ml/ta/marking/t3/").text)
    assert "1 disagreement to settle" in table
    assert re.search("Tina: 3.25 ?, ?Tom: 1", table)
    settling = answer_page(sam, submission_id)
    assert "Settle it" in settling.text
    assert sam.send(mark_form(settling), points="2", comment="Between.").location == "/c/ml/ta/marking/t3/"
    assert kept(site, submission_id) == (2.0, "Between.")
    assert "All are settled." in sam.get("/c/ml/ta/marking/t3/").text


def test_what_lies_close_is_settled_by_the_mean(site: Site) -> None:
    near, far = answered(site, "ada"), answered(site, "bob")
    change(site[1], site[2], markers_wanted=2)
    tina, tom = entered(site[0], "tina"), entered(site[0], "tom")
    for marker, points in ((tina, ("3", "4")), (tom, ("2", "0"))):
        for id_, given in zip((near, far), points, strict=True):
            assert marker.send(mark_form(answer_page(marker, id_)), points=given).status_code == 303
    assert tom.post("/c/ml/ta/marking/t3/mean", apart="1").status_code == 303
    assert (kept(site, near)[0], kept(site, far)[0]) == (2.5, None)


def test_staff_say_how_it_is_marked_and_tas_do_not(site: Site) -> None:
    rules = "/c/ml/ta/marking/t3/rules"
    assert entered(site[0], "tina").post(rules, markers_wanted="2").status_code == 403
    sam = entered(site[0], "sam")
    assert sam.post(rules, markers_wanted="2", is_marked_blind="on").status_code == 303
    assert sam.post(rules, markers_wanted="3").status_code == 303
    with site[1].reading() as session:
        found = session.get_one(Assignment, site[2].assignment_id)
        assert (found.markers_wanted, found.is_marked_blind) == (2, True)
        (event,) = session.query(AuditEvent).where(AuditEvent.act == "assignment.marking_changed")
        assert event.actor_id == site[2].people["sam"]


def test_comments_are_kept_while_marking_and_added_without_a_script(site: Site) -> None:
    first, second = answered(site, "ada"), answered(site, "bob")
    tina = entered(site[0], "tina")
    assert (
        tina.send(mark_form(answer_page(tina, first)), points="1", comment="Which <graph>?", keep="on").status_code
        == 303
    )
    with site[1].reading() as session:
        (saved,) = session.query(SavedComment)
        saved_id = saved.id
    page = answer_page(tina, second)
    assert "Which &lt;graph&gt;?" in page.text
    assert tina.send(mark_form(page), points="1", comment="Also:", add=str(saved_id)).status_code == 303
    assert kept(site, second) == (1.0, "Also:\n\nWhich <graph>?")
    listing = tina.get("/c/ml/ta/saved-comments/")
    assert "used 1 time" in words(listing.text)
    assert "No comment has these words" in tina.get("/c/ml/ta/saved-comments/?q=zebra").text
    assert tina.post(f"/c/ml/ta/saved-comments/{saved_id}", text="Which one?", title="Graph").status_code == 303
    assert "Which one?" in tina.get("/c/ml/ta/saved-comments/?q=GRAPH").text
    assert tina.post(f"/c/ml/ta/saved-comments/{saved_id}/remove").status_code == 303
    assert "Which one?" not in tina.get("/c/ml/ta/saved-comments/").text
    assert kept(site, second)[1].endswith("Which <graph>?"), "what was sent stays"


def test_an_earlier_attempt_can_be_marked_too_and_says_what_it_is(site: Site) -> None:
    earlier = answered(site, "ada", text="First thought.")
    answered(site, "ada", text="Second thought.")
    tina = entered(site[0], "tina")
    page = answer_page(tina, earlier)
    assert "not the one that counts" in words(page.text)
    assert tina.send(mark_form(page), points="1").status_code == 303
    assert kept(site, earlier)[0] == 1.0
