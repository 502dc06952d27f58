"""Notes about translations into several languages."""

from __future__ import annotations

from datalint.operations.check import lint

TEXTS = {"en": "Dock {n} is full.", "de": "Dock {n} ist voll.", "fr": "Le quai {n} est plein."}


def notes(*languages: tuple[str, ...]) -> list[str]:
    rows = [
        {"translation": {language: TEXTS[language].format(n=n) for language in languages[n % len(languages)]}}
        for n in range(20)
    ]
    return [note for note in map(str, lint(rows).notes) if "languages" in note]


def test_the_languages_that_are_not_read_are_named_with_an_option() -> None:
    (found,) = notes(("en", "de", "fr"))
    said = 'each text is in up to 3 languages: "de" is learned from "en", and not fr; to learn another one: '
    assert found.endswith(f"{said}--columns prompt=translation.en,response=translation.fr")


def test_pairs_of_other_languages_are_read() -> None:
    assert notes(("en", "de"), ("en", "fr")) == []
