"""Notes on prompts about a picture that no row has."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.setup.plan import make_plan
from datalint.sources.readers.memory import from_object


def noted(prompt: str, count: int = 5, **more: Any) -> str:
    """Return the note on rows of which ``count`` have the prompt, and the others one without a picture."""
    rows = [
        {"prompt": f"{prompt} ({n})" if n < count else f"Is dock {n} full?", "completion": f"It is dock {n}."} | more
        for n in range(40)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True)
    _, notes = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    return " ".join(str(each) for each in notes if "picture" in str(each))


@pytest.mark.parametrize(
    "prompt",
    [
        "The dock is as shown in the figure. How long is it?",
        "Which boat in the picture above is full?",
        "如图所示，哪个码头满了？",
        "根據附圖，下列何者正確？",
    ],
)
def test_prompts_about_a_picture_that_is_not_there_are_counted(prompt: str) -> None:
    assert "the prompts of 5 of 40 rows speak of a picture" in noted(prompt)


@pytest.mark.parametrize(
    ("prompt", "more"),
    [
        ("The dock is as shown in the figure. How long is it?", {"image": "dock.png"}),
        ("As shown in the figure ![](https://example.org/dock.png), is it full?", {}),
        ("Why are the figures above 100 in May?", {}),
        ("Who built the library? 我看见图书馆了。", {}),
        ("Which picture of the dock do you like?", {}),
    ],
)
def test_other_prompts_are_not(prompt: str, more: dict[str, Any]) -> None:
    assert noted(prompt, **more) == ""


def test_two_such_prompts_are_none() -> None:
    assert noted("如图所示，哪个码头满了？", 2) == ""


@pytest.mark.parametrize(
    ("count", "name", "said"),
    [
        (5, "Dock 7-Q", '5 of 40 rows name a picture under "prompt image" ("Dock 7-Q"), and it is not read'),
        (2, "Dock 7-Q", ""),
        (30, "Dock 7-Q", ""),
        (5, "dock.png", ""),
    ],
)
def test_pictures_that_some_rows_name_are_counted(count: int, name: str, said: str) -> None:
    rows = [
        {"prompt": f"Is dock {n} full?", "completion": f"It is dock {n}.", "prompt image": name if n < count else ""}
        for n in range(40)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True)
    _, notes = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    assert " ".join(str(each) for each in notes if "picture" in str(each)).removeprefix("<rows>: ") == said
