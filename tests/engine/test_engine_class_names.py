"""Texts with the name of a class: these are classified, not continued."""

from __future__ import annotations

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.setup.plan import make_plan
from datalint.sources.readers.memory import from_object

SHORT = "Is this about boats or trains? Number {0} is late at dock {1}."


def guessed(key: str, names: list[str], text: str = SHORT) -> list[str]:
    """Return the clear guesses about texts with one of a few names under a key."""
    rows = [{"text": text.format(n, n * 7), key: names[n % len(names)].format(n)} for n in range(60)]
    settings = load_settings(registry=Registry.default(), isolated=True)
    plan, _ = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    return [guess.mapping for guess in plan.guesses if guess.clear]


@pytest.mark.parametrize("key", ["label_name", "class_name", "category_name", "intent_name"])
def test_the_name_of_a_class_is_learned(key: str) -> None:
    assert guessed(key, ["Boats", "Trains", "Planes"]) == [f"prompt=text,response={key},category={key}"]


def test_names_that_differ_and_names_of_documents_are_not_learned() -> None:
    assert guessed("class_name", ["Dock{0}Keeper"]) == []
    assert guessed("category_name", ["Boats", "Trains"], SHORT + " The dock is long." * 200) == []
    assert guessed("author_name", ["Boats", "Trains"]) == []
