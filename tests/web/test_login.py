from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from grader.services.people import accounts, invitations
from grader.store.database import Database
from grader.store.models import ApiToken, AuditEvent, Person
from grader.store.words import CourseRole
from tests.passwords import PASSWORD, cheap_passwords
from tests.web.visitor import Visitor, form_to, forms_of, populated, site_of
from tests.world import TENSOR_ADD, World

__all__ = ["cheap_passwords"]


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Flask:
    return site_of(tmp_path, sqlite_url)


@pytest.fixture
def world(app: Flask) -> World:
    return populated(app, questions=(TENSOR_ADD,))


@pytest.fixture
def database(app: Flask) -> Database:
    found = app.extensions["grader.database"]
    assert isinstance(found, Database)
    return found


def test_the_right_password_leads_to_where_one_wanted_to_go(app: Flask, world: World) -> None:
    ada = Visitor(app)
    asked = ada.get("/account")
    assert (asked.status_code, asked.location) == (303, "/login?next=%2Faccount")
    form = form_to(ada.get(asked.location), "/login")
    answer = ada.send(form, login=" ADA ", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "logged in as" in ada.get("/account").text


def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(app: Flask, world: World) -> None:
    pages = []
    for login in ("ada", "who"):
        answer = Visitor(app).log_in(login, "wrong password")
        assert answer.status_code == 401
        pages.append(answer.text.replace(login, "…"))
    assert "do not belong together" in pages[0]
    strip = [page.split('<form method="post" action="/login">')[0].split("<main")[1] for page in pages]
    assert strip[0] == strip[1]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/%0d%0aLocation: x\r\n",
        "javascript:alert(1)",
        "evil.example",
        "/login?next=/login",
        "/logout",
        "",
    ],
)
def test_logging_in_never_leads_to_another_site(app: Flask, world: World, elsewhere: str) -> None:
    answer = Visitor(app).log_in("ada", next=elsewhere)
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_disabled_account_is_thrown_out_and_kept_out(app: Flask, world: World, database: Database) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    assert ada.is_in()
    with database.transaction() as session:
        accounts.disable(session.get_one(Person, world.people["ada"]))
    assert not ada.is_in()
    assert ada.log_in("ada").status_code == 401


def test_the_session_begins_anew_with_the_login(app: Flask, world: World) -> None:
    ada = Visitor(app)
    with ada.client.session_transaction() as planted:
        planted["planted"] = "before"
    token_before = ada.token()
    ada.log_in("ada")
    with ada.client.session_transaction() as kept:
        assert "planted" not in kept
    assert ada.post("/account", token=token_before, name="Eve").status_code == 400


@pytest.mark.parametrize(("site_url", "is_secure"), [("https://grader.example", True), (None, False)])
def test_the_cookie_is_kept_from_scripts_and_other_sites(
    tmp_path: Path, sqlite_url: str, site_url: str | None, is_secure: bool
) -> None:
    app = site_of(tmp_path, sqlite_url, site_url=site_url)
    populated(app, questions=())
    base = site_url or "http://localhost"
    client = app.test_client()
    page = client.get("/login", base_url=base)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"csrf_token": token, "login": "ada", "password": PASSWORD}
    for stays in (False, True):
        answer = client.post(
            "/login",
            data=fields | ({"stay": "on"} if stays else {}),
            base_url=base,
            headers={"Referer": f"{base}/login"},
        )
        assert answer.status_code == 303
        (cookie,) = answer.headers.getlist("Set-Cookie")
        assert cookie.startswith("grader=")
        assert ("Secure" in cookie) is is_secure
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Expires" in cookie) is stays  # else it ends with the browser
        with client.get("/static/site.css", base_url=base) as static:
            assert not static.headers.getlist("Set-Cookie")
        client.get("/logout", base_url=base)
        page = client.get("/account", base_url=base)
        fields["csrf_token"] = page.text.split('name="csrf_token" value="')[1].split('"')[0]


def test_logging_out_needs_a_button_and_ends_the_session(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    assert ada.get("/logout").status_code == 405
    assert ada.is_in()
    assert ada.post("/logout").location == "/login"
    assert not ada.is_in()


def test_a_cookie_that_somebody_made_up_lets_nobody_in(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.client.set_cookie("grader", "eyJfdXNlcl9pZCI6IjE6a2V5LWFkYSJ9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert not ada.is_in()
    for user_id in ("1", "1:", "1:key-eve", "x:y", "99999999999999999999:k", "-1:k"):
        with ada.client.session_transaction() as kept:
            kept["_user_id"] = user_id
        assert not ada.is_in()


def test_a_new_password_logs_out_every_other_browser(app: Flask, world: World) -> None:
    here, there = Visitor(app), Visitor(app)
    here.log_in("ada")
    there.log_in("ada")
    form = form_to(here.get("/account"), "/account/password")
    for wrong in (
        {"password": "wrong password", "new_password": "x" * 12, "new_password_again": "x" * 12},
        {"password": PASSWORD, "new_password": "x" * 12, "new_password_again": "y" * 12},
        {"password": PASSWORD, "new_password": "short", "new_password_again": "short"},
    ):
        assert here.send(form, **wrong).location == "/account"
        assert 'class="notice bad"' in here.get("/account").text
    assert there.is_in()
    here.send(form, password=PASSWORD, new_password="another good one", new_password_again="another good one")
    assert here.is_in()
    assert not there.is_in()
    assert there.log_in("ada").status_code == 401
    assert there.log_in("ada", "another good one").status_code == 303


def test_one_button_logs_out_everywhere_else(app: Flask, world: World, database: Database) -> None:
    here, there = Visitor(app), Visitor(app)
    here.log_in("ada", stay="on")
    there.log_in("ada")
    here.send(form_to(here.get("/account"), "/account/log-out-everywhere"))
    assert (here.is_in(), there.is_in()) == (True, False)
    with here.client.session_transaction() as kept:
        assert kept.permanent
    with database.reading() as session:
        assert "person.logged_out_everywhere" in session.scalars(select(AuditEvent.act)).all()


def test_people_edit_their_own_profile_and_what_they_type_is_only_text(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    form = form_to(ada.get("/account"), "/account")
    name = '<img src=x onerror=alert(1)>"'
    assert ada.send(form, name=name, email="ada@example.org", time_zone="Asia/Tokyo").status_code == 303
    page = ada.get("/account").text
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "<option selected>Asia/Tokyo</option>" in page
    ada.send(form, name="", time_zone="Mars/Base")
    assert "must not be empty" in ada.get("/account").text


def test_a_token_is_shown_once_and_revoked_with_a_button(app: Flask, world: World, database: Database) -> None:
    ada, bob = Visitor(app), Visitor(app)
    ada.log_in("ada")
    bob.log_in("bob")
    form = form_to(ada.get("/account"), "/account/tokens#tokens")
    made = ada.send(form, token_name="laptop", scope=["read"], days="30")
    [text] = re.findall(r"<pre[^>]*>(grader_[^<]+)</pre>", made.text)
    assert made.headers["Cache-Control"] == "no-store"
    assert text not in ada.get("/account").text
    with database.reading() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
    assert bob.post(f"/account/tokens/{token_id}/revoke").status_code == 404
    assert ada.post(f"/account/tokens/{token_id}/revoke").status_code == 303
    with database.reading() as session:
        assert session.scalars(select(ApiToken)).one().revoked_at is not None


def test_an_invitation_is_accepted_in_the_browser(app: Flask, world: World, database: Database) -> None:
    with database.transaction() as session:
        texts = [
            invitations.invite(session, world.course_id, CourseRole.STUDENT, actor_id=world.people["sam"])[1]
            for _ in range(2)
        ]
    new = Visitor(app)
    path = f"/invite/{texts[0]}"
    form = form_to(new.get(path), path)
    typed = {"login": "grace", "name": "Grace Hopper", "password": PASSWORD}
    assert new.send(form, **typed, password_again="something else").location == path
    assert "two passwords differ" in new.get(path).text
    assert new.send(form, **{**typed, "login": "ada"}, password_again=PASSWORD).location == path
    assert "already" in new.get(path).text
    joined = new.send(form, **typed, password_again=PASSWORD)
    assert (joined.status_code, joined.location) == (303, "/c/ml/")
    assert new.get("/c/ml/").status_code == 200
    assert Visitor(app).get(path).status_code == 404

    eve = Visitor(app)
    eve.log_in("eve")
    path = f"/invite/{texts[1]}"
    assert eve.send(form_to(eve.get(path), path)).location == "/c/ml/"


def test_an_invitation_for_somebody_with_a_password_asks_them_to_log_in(
    app: Flask, world: World, database: Database
) -> None:
    with database.transaction() as session:
        text = invitations.invite(session, world.course_id, CourseRole.TA, actor_id=None, login="eve")[1]
    somebody = Visitor(app)
    page = somebody.get(f"/invite/{text}")
    assert f"/login?next=/invite/{text}" in page.text
    assert not [form for form in forms_of(page) if form.action.startswith("/invite")]
    bob = Visitor(app)
    bob.log_in("bob")
    assert "is for eve" in bob.get(f"/invite/{text}").text
    assert bob.post(f"/invite/{text}").status_code == 403
