"""With which loads of the page scenes are played."""

from dataclasses import replace

import pytest
from payframe.harness.browser.messages import Size
from payframe.harness.check.plan import CHANGES, ODD_MESSAGE, loads_for
from payframe.harness.check.reaction import COMPARED, is_as_usual
from payframe.harness.check.recording import Moment, Recording, Request, Visit
from payframe.harness.check.scenes import GOES_ON, all_scenes

NAMED = sorted(all_scenes().keys() - {ODD_MESSAGE})


def test_every_scene_is_played_once() -> None:
    played = [scene for load in loads_for(NAMED) for scene in load]
    assert sorted(played) == sorted(set(played))
    assert {*played, *CHANGES} == {*NAMED, ODD_MESSAGE}


def test_scenes_that_go_on_with_another_exist_and_name_the_nearest_first() -> None:
    assert {*GOES_ON, *(other for others in GOES_ON.values() for other in others)} <= set(NAMED)
    assert ("first_load", "axe", "changing_height") in loads_for(NAMED)
    assert ("brand", "controls") in loads_for(NAMED)


@pytest.mark.parametrize("scene", sorted(GOES_ON))
def test_a_scene_alone_has_a_load_of_its_own(scene: str) -> None:
    assert loads_for([scene]) == [(scene,)]


def test_what_goes_on_finds_the_scene_that_there_is() -> None:
    assert loads_for(["changing_height", "first_load"]) == [("first_load", "changing_height")]


def test_changes_of_the_message_are_played_as_one_where_that_can_be_judged() -> None:
    assert (ODD_MESSAGE,) in loads_for([*COMPARED, *CHANGES])
    assert loads_for(CHANGES) == [(scene,) for scene in CHANGES]
    assert (CHANGES[0],) in loads_for([*COMPARED, CHANGES[0]])


def recording(scene: str, **moments: str) -> Recording:
    """A scene whose moments show texts."""
    nothing = Size(0, 0)
    return Recording(
        scene,
        documents=["http://page.example/"],
        times={"document": [0.0]},
        moments={
            name: Moment(name, 1.0, nothing, nothing, nothing, 0, 0, text, None, b"")
            for name, text in moments.items()
        },
    )


def visited(loaded: str, odd: Recording) -> Visit:
    first, messages = (
        recording("first_load", loaded=loaded),
        recording("messages", before="Waiting"),
    )
    recordings = [first, messages, odd]
    document = Request("http://page.example/", "GET", "document", 0, 200, {}, None)
    return Visit(document.url, document, "", {each.scene: each for each in recordings})


@pytest.mark.parametrize(
    ("shown", "usual"),
    [
        ("Pay 7 319,46 USD", True),
        ("This payment cannot be made.", False),
        ("Waiting", False),
    ],
)
def test_a_page_takes_a_message_as_usual_where_only_figures_differ(shown: str, usual: bool) -> None:
    visit = visited("Pay 100.00 USD", recording(ODD_MESSAGE, loaded=shown))
    assert is_as_usual(visit, ODD_MESSAGE) is usual


def test_a_page_that_crashes_does_not_take_it_as_usual() -> None:
    odd = recording(ODD_MESSAGE, loaded="Pay 7319.46 USD")
    crashed = replace(odd, errors=["x is not a function"], times={**odd.times, "error": [0.5]})
    assert not is_as_usual(visited("Pay 100.00 USD", crashed), ODD_MESSAGE)
    unplayed = replace(odd, trouble="Timeout 10000ms exceeded.")
    assert not is_as_usual(visited("Pay 100.00 USD", unplayed), ODD_MESSAGE)
