"""Questions whose options are under keys of their own, and which one is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.names import CHOICE, is_about, stands_out, stem
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.choices.series import series_of
from datalint.support.names.column_names import fold_name

#: Words that mark an answer as one of several.
_ANSWERS: Final = frozenset(("answer", "option", "choice", "response", "reply"))
#: Least number of options under names of answers alone.
_LEAST: Final = 3


def chosen_option(columns: Sequence[SampledColumn], prompts: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a question, its options under numbered names, and which one is right."""
    options = [each for each in columns if len(fold_name(each.key)) in (1, 2) and fold_name(each.key)[0] in CHOICE]
    options = [each for each in options if stem(each.key) == stem(options[0].key)]
    rights = [each for each in columns if each not in options and names_right_option(each.key)]
    if len(options) < 2 or len(rights) != 1:
        options = _answers(columns)
        named = [each for each in columns if names_right_option(each.key) and not (each in options or is_about(each))]
        rights = [each for each in named if len(fold_name(each.key)) > 1]  # a label may say anything of answers
    if len(options) < 2 or len(rights) != 1 or not prompts:
        return None
    prompts = [each for each in prompts if each not in (*options, *rights)]
    if not prompts or not stands_out(prompts, "prompt"):
        return None
    found = {"prompt": prompts[0].key, "context": JOIN.join(each.key for each in options)}
    return Guess.of(found | {"response": rights[0].key}, clear=True, basis="names")


def _answers(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the options that are named answers, or nothing but letters, in one series from its first on."""
    series = [
        named
        for name, named in series_of(columns, [*Holds], least=_LEAST)
        if not name or _ANSWERS.intersection(fold_name(name))
    ]
    return list(series[0].values()) if len(series) == 1 else []
