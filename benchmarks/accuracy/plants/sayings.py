"""Rows and changes for defects that few rows of a dataset have."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Row, Talk
from benchmarks.accuracy.plants.bases import each_row, pairs
from benchmarks.accuracy.plants.kinds import Given

Change = Callable[[list[Talk]], Given | None]


def as_json(row: Row, n: int) -> Row:
    return row | {"completion": json.dumps({"answer": row["completion"][:60], "score": n})}


def marked(mark: Callable[[int], Any], key: str = "reviewed") -> Change:
    return each_row(lambda row, n: row | {key: mark(n)})


def english_(change: Callable[[list[Row]], list[Row]]) -> Change:
    """Return a change of the rows as prompts and completions."""
    return lambda talks: Given(change(pairs(talks)))


FRENCH: Final = (
    "Le musée ouvre ses portes tous les jours de dix heures à dix-huit heures, sauf le lundi et les jours fériés."
)
QUESTION: Final = "À quelle heure ouvre le musée de la ville, et quels jours est-il fermé pendant l'année ?"
GERMAN: Final = (
    "Das Museum öffnet täglich um zehn Uhr und schließt um achtzehn Uhr, außer an Montagen und an Feiertagen."
)
CHINESE: Final = "博物馆每天上午十点开门，下午六点关门，星期一和法定节假日闭馆，请提前安排好您的参观时间。"
SYSTEM: Final = "You are a helpful assistant of a museum. Answer briefly and kindly."


def row_of(prompt: str, completion: str) -> Row:
    return {"prompt": prompt, "completion": completion}
