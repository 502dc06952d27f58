"""Near-duplicates whose prompts have another control word."""

from __future__ import annotations

import pytest

import datalint
from datalint.support.varied import sentence

WAYS = ("a calm", "an angry", "a rude", "an open")


def rows(place: str, ways: tuple[str, ...] = WAYS) -> list[dict[str, str]]:
    """Return 80 posts with a way to answer each, two of which stand there twice, in another way."""
    made = [(n, ways[n % len(ways)]) for n in range(80)] + [(3, ways[0]), (5, ways[3 % len(ways)])]
    return [
        {
            "prompt": place.format(post=f"{sentence(3 * n)} {sentence(3 * n + 1)} {sentence(3 * n + 900)}", way=way),
            "completion": f"{sentence(3 * n + 2)} {sentence(5 * n + 400)}",
        }
        for n, way in made
    ]


@pytest.mark.parametrize(
    "place", ["{post} (in {way} way)", "Reply in {way} way to this post: {post}", "{way} : {post}"]
)
def test_the_answer_to_another_control_word_is_a_note(place: str) -> None:
    findings = list(datalint.lint(rows(place), config={"select": ["DIV003"]}).findings)
    assert [each.severity for each in findings] == ["info"]
    assert "2 of 82 rows (2.4 %) have the answer of another row, and one of a few other words" in findings[0].message


def test_another_word_in_a_place_of_its_own_is_a_warning() -> None:
    made = rows("{post} (in {way} way)", ("a calm",))
    made[80]["prompt"] = made[80]["prompt"].replace("a calm", "a rude")
    made[81]["prompt"] = made[81]["prompt"].replace("a calm", "an odd")
    findings = list(datalint.lint(made, config={"select": ["DIV003"]}).findings)
    assert [each.severity for each in findings] == ["warning", "warning"]
