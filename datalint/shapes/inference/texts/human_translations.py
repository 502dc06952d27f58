"""Texts with human and machine translations: only the human translation is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.named_languages import without_language
from datalint.shapes.evidence.names import MACHINE_MADE, MACHINE_TRANSLATED, OUTPUTS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.model_names import is_model

#: Names of keys of the source, without a language, and words of keys of human and machine translations.
_SOURCES: Final = (("source",), ("src",), ("source", "text"), ("source", "sentence"), ("original",))
_BY_PEOPLE: Final = ("human", "reference", "ref", "gold", "golden", "manual", "professional")
_BY_PROGRAMS: Final = (
    *MACHINE_MADE, *OUTPUTS, "google", "deepl", "bing", "papago", "microsoft", "yandex", "baidu", "systran",
    *MACHINE_TRANSLATED, "zero", "few", "zeroshot", "fewshot", "shot", "system", "hyp",
)  # fmt: skip
_TRANSLATION: Final = ("translation", "translated", "target", "reference", "ref", *MACHINE_TRANSLATED)
#: Share of distinct sources from which on these are texts.
_VARIED: Final = 0.5


def by_people(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a source and its human translation, if there are machine translations too; else None."""
    texts = [each for each in columns if each.holds is Holds.TEXT]
    sources = [each for each in texts if without_language(each.key) in _SOURCES and each.distinct >= _VARIED]
    made = [each for each in texts if each not in sources]
    own = [each for each in made if has_word(each.key, _BY_PEOPLE) and not _is_by_program(each.key)]
    programs = [each for each in made if _is_by_program(each.key)]
    if len(sources) != 1 or len(own) != 1 or not programs or len(rows) < LEAST_ROWS:
        return None
    if not any(has_word(each.key, _TRANSLATION) for each in (*own, *programs)):
        return None
    return Guess.of({"prompt": sources[0].key, "response": own[0].key}, clear=True, basis="names")


def _is_by_program(key: str) -> bool:
    return is_model(key) or has_word(key, _BY_PROGRAMS)
