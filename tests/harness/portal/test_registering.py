"""A handler and its payment system, registered by the form of the web view."""

import json
import re
from html import unescape

import pytest
from payframe.harness.portal.registering import example
from payframe.harness.store.models import Handler, PaySystem
from payframe.widget.modes import MODE_KEYS, Mode
from sqlalchemy import select

from tests.harness.portal.reference import javascript_examples
from tests.harness.support import Running

VENDOR = {each["CODE"].removeprefix("resthandler"): each for each in javascript_examples()}


@pytest.mark.parametrize("mode", MODE_KEYS)
def test_the_examples_are_the_vendors(mode: Mode) -> None:
    """The same keys, fields and codes; the page is one's own, the secret stays with the server."""
    ours, theirs = json.loads(example(mode).handler)["SETTINGS"], VENDOR[mode]["SETTINGS"]
    assert set(ours) == set(theirs)
    assert set(ours["CODES"]) <= set(theirs["CODES"])
    fields, known = ours[MODE_KEYS[mode]]["FIELDS"], theirs[MODE_KEYS[mode]]["FIELDS"]
    assert {name: known[name] for name in fields} == fields


@pytest.mark.parametrize("mode", MODE_KEYS)
def test_an_example_is_registered_in_one_click(running: Running, mode: Mode) -> None:
    page = f"{running.addresses.seller}/portal/handlers"
    shown = running.http.get(f"{page}/new?example={mode}").text
    typed = {
        name: unescape(text)
        for name, text in re.findall(r'<textarea id="(\w+)"[^>]*>(.*?)</textarea>', shown, re.S)
    }
    answer = running.http.post(page, data=typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/portal#handlers")
    with running.store.read() as session:
        handler = session.scalars(select(Handler).where(Handler.code == f"my{mode}")).one()
        system = session.scalars(
            select(PaySystem).where(PaySystem.action_file == handler.code)
        ).one()
        assert system.active == "Y"
    log = running.http.get(f"{running.addresses.seller}/portal").text
    assert "sale.<wbr>paysystem.<wbr>handler.<wbr>add" in log


def test_what_the_portal_refuses_is_said_and_what_was_typed_is_kept(running: Running) -> None:
    page = f"{running.addresses.seller}/portal/handlers"
    answer = running.http.post(page, data={"handler": '{"NAME": "Mine"}', "pay_system": ""})
    assert answer.status_code == 422
    assert "Parameter CODE is not defined" in answer.text
    assert "Mine" in answer.text


def test_what_is_no_json_is_said(running: Running) -> None:
    page = f"{running.addresses.seller}/portal/handlers"
    answer = running.http.post(page, data={"handler": "{", "pay_system": ""})
    assert answer.status_code == 422
    assert "sale.paysystem.handler.add: this is no JSON" in answer.text.replace("<wbr>", "")


def test_the_code_is_of_what_is_typed_without_a_token(running: Running) -> None:
    page = f"{running.addresses.seller}/portal/handlers"
    typed = {"handler": '{"NAME": "Telltale"}', "pay_system": "", "show": "1"}
    answer = running.http.post(page, data=typed)
    assert answer.status_code == 200
    for language in ("curl", "Python", "PHP", "JavaScript"):
        assert f"Copy sale.paysystem.handler.add as {language}" in answer.text
    assert answer.text.count("Telltale") >= 5
    secret = running.addresses.webhook.rstrip("/").rpartition("/")[2]
    assert secret not in answer.text
    with running.store.read() as session:
        assert session.scalar(select(Handler).where(Handler.name == "Telltale")) is None


def test_pages_of_other_origins_may_not(running: Running) -> None:
    answer = running.http.post(
        f"{running.addresses.seller}/portal/handlers",
        data={"handler": example("form").handler},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
