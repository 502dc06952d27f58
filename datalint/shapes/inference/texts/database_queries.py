"""Questions with the query of a database that answers them, under a name that may be that of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.named_languages import language_of, without_language
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.labelled.scored_pairs import are_alike
from datalint.support.names.column_names import Strength, fold_name, strength

#: The last word of the names of such queries.
_QUERY: Final = ("query",)
#: How queries of databases and graphs begin. A request may begin with the same word, but not with what follows it.
#: Others are objects in JSON or YAML, with several keys in lines of their own.
_FORMAL: Final = re.compile(
    r"(?is)\s*(?:\(\s*)?(?:select\b.+?\bfrom\b|select\b.+?\bwhere\s*\{|with\s+\w+\s+as\s*\(|insert\s+into\b|delete\s+from\b"
    r"|update\s+\S+\s+set\b|create\s+(?:table|view)\b|(?:optional\s+)?match\s*\(|merge\s*\(|prefix\s+\w*:|ask\s*(?:where\s*)?\{"
    r"|db\.\w+|\{\s*\"|[\w-]{1,40}:[^\n]{0,200}\n(?:[ \t]{0,40}(?:- )?[\w-]{1,40}:[^\n]{0,200}(?:\n|\Z)){2})"
)
_NEARLY_ALL: Final = 0.9
_LOOKED_AT: Final = 2_000
_ENGLISH: Final = ("en", "eng", "english")


def database_queries(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about questions and the queries that answer them; None for other rows.

    Of one question in several languages, the English one is read; of several in nearly the same words, the first.
    """
    queries = [each for each in columns if fold_name(each.key)[-1:] == _QUERY and _are_formal(rows, each)]
    texts = [each for each in columns if each not in queries and each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if not each.code]
    asked = [each for each in texts if strength(each.key, "prompt") >= Strength.HEAD] or texts[: len(texts) == 1]
    if len(rows) < LEAST_ROWS or len(queries) != 1 or not asked or any(each.distinct < VARIED for each in asked):
        return None
    languages = {language_of(each.key) for each in asked}
    several = len(asked) > 1 and (
        len({without_language(each.key) for each in asked}) > 1 or len(languages) < len(asked)
    )
    if any(strength(each.key, "response") >= Strength.HEAD for each in columns if each not in (*asked, *queries)):
        return None  # the result of a query may be learned instead
    if several and not all(are_alike([asked[0], each], rows) for each in asked[1:]):
        return None
    question = next((each for each in asked if language_of(each.key) in _ENGLISH), asked[0])
    return Guess.of({"prompt": question.key, "response": queries[0].key}, clear=True, basis="values")


def _are_formal(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether nearly all values of a column are queries in a formal language."""
    if column.holds is not Holds.TEXT:
        return False
    values = [value[:_LOOKED_AT] for row in rows if isinstance(value := row.get(column.key), str) and value.strip()]
    return bool(values) and sum(map(bool, map(_FORMAL.match, values))) >= _NEARLY_ALL * len(values)
