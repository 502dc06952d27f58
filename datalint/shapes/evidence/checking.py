"""Names of keys of right answers, and of data to check answers with, which no model reads or writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.shapes.guess import NESTED
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: First words of keys of what is expected of an answer: ``expected_keywords``, ``expect_refusal``.
_EXPECTED: Final = (("expected",), ("expect",))
#: First words of keys of right answers.
_FIRST_RIGHT: Final = (("gold",), ("golden",), ("expected",), ("true",), ("gt",))
#: Words that, after "true", name a count or one of two values instead of a right answer.
_COUNTED_TRUE: Final = ("false", "positive", "positives", "negative", "negatives", "rate")
#: Last words of keys of data by which an answer is checked, without being the answer.
_CHECKS: Final = frozenset(
    """keyword keywords id ids doc docs document documents source sources chunk chunks page pages term terms phrase
    phrases topic topics context contexts citation citations file files fact facts point points contains contain
    includes include mentions mention check checks article articles section sections refusal word words""".split()
)
#: First words of keys of expressions that the output of a program must match, and their last words.
_MATCHED: Final = (
    ("expected",), ("answer",), ("output",), ("response",), ("stdout",), ("stderr",), ("match",), ("success",),
)  # fmt: skip
_EXPRESSIONS: Final = frozenset("regex regexes regexp regexps pattern patterns".split())
#: Last words of keys of who is expected to answer, and of parts of what an answer is expected to say.
_ROUTES: Final = frozenset("agent agents route router routing node worker assistant bot".split())
_STATED: Final = frozenset(
    """keyword keywords term terms phrase phrases fact facts point points contains contain includes include mentions
    mention""".split()
)
#: First and last words of keys of the documents in which a right answer is, such as ``gold_doc``.
_GOLD: Final = (("gold",), ("golden",))
_PLACES: Final = frozenset(
    "doc docs document documents source sources chunk chunks page pages range file files article articles".split()
)
_IDS: Final = ("id", "ids")
_PLACES_OR_TEXTS: Final = _PLACES | {"passage", "passages"}
#: First word of keys of what a search should find.
_RELEVANT: Final = ("relevant",)
#: The name of a text that is a hint for the answer, or what a search should find.
_EVIDENCE: Final = ("evidence",)
#: Last words of keys of what an answer does, described instead of written: ``expected_safe_behavior``.
_BEHAVIOURS: Final = (("behavior",), ("behaviors",), ("behaviour",), ("behaviours",))
#: First words of names of answers, and last words of those of what is demanded of an answer: ``answer_format``.
_ANSWERS: Final = (("answer",), ("output",), ("response",), ("completion",), ("reply",), ("expected",))
_FORMATS: Final = frozenset("format formats template style guidelines requirements instruction instructions".split())
#: First words of keys of the arguments of a program that checks an answer, such as ``verifier_args``.
_CHECKERS: Final = (("verifier",), ("verification",), ("checker",), ("grader",))
#: First and last words of keys of what such a program is run with: ``evaluation_config``.
_JUDGES: Final = frozenset("evaluation eval evaluator oracle judge grading scoring reward".split())
_SETTINGS: Final = frozenset("config configs configuration settings args params parameters spec".split())
#: First words of keys of demands on an answer, which it must or must not meet: ``expects_refusal``, ``trapFacts``.
_DEMANDS: Final = (
    ("must",), ("should",), ("expects",), ("trap",), ("forbidden",), ("disallowed",), ("prohibited",), ("unexpected",),
)  # fmt: skip


#: Words of keys of limits that an answer is to keep.
_LIMITS: Final = frozenset("min max minimum maximum least most limit tolerance threshold latency budget".split())
#: First words of keys of the commands that check what a program or an agent did.
_COMMANDS: Final = (("verify",), ("verifies",))


#: First words of keys of what a search should find, and the words after them: ``retrieval_gt``.
_SEARCHES: Final = (("retrieval",), ("retrieved",), ("retriever",))
_RIGHT: Final = (("gt",), ("ground", "truth"), ("groundtruth",), ("gold",), ("golden",), ("gold", "ids"))
#: Names of keys of the input and the expected output of programs.
_RUNS: Final = (("input", "output"), ("inputs", "outputs"), ("io",), ("sample", "io"))


def checks(key: str) -> bool:
    """Whether a key holds data by which an answer is checked, such as ``expected_keywords`` or a rubric.

    So do the keys in an object of such data, such as ``public_tests.output``.
    """
    if locates(key) or describes_faults(key):
        return True
    words = fold_name(key)
    if len(words) > 1 and words[:1] in _MATCHED and words[-1] in _EXPRESSIONS:
        return True
    if words in _RUNS or (NESTED in key and strength(key.partition(NESTED)[0], "test") >= Strength.HEAD):
        return True
    if len(words) > 1 and (words[-1] in ("check", "checks") or words[:1] in _DEMANDS):
        return True
    if (
        words[:1] in _COMMANDS
        or words[:1] in _CHECKERS
        or _sets_judge(words)
        or (words[:1] in _SEARCHES and words[1:] in _RIGHT)
    ):
        return True
    return (words[:1] in _EXPECTED and words[-1] in _CHECKS) or strength(key, "test") >= Strength.HEAD


def _sets_judge(words: tuple[str, ...]) -> bool:
    return len(words) > 1 and words[0] in _JUDGES and words[-1] in _SETTINGS


def locates(key: str) -> bool:
    """Whether a key holds where the right answer is written: ``gold_doc``, ``golden_doc_id``, ``gold_page_range``."""
    words = fold_name(key)
    identified = len(words) > 2 and words[-1] in _IDS
    return words[:1] in _GOLD and (words[-2] in _PLACES_OR_TEXTS if identified else words[-1] in _PLACES)


def finds(key: str) -> bool:
    """Whether a key holds what a search should find, such as ``relevant`` or ``relevant_ids``."""
    words = fold_name(key)
    return words[:1] == _RELEVANT and (len(words) == 1 or words[-1] in _PLACES or words[-1] in _IDS)


def is_found(key: str, keys: Iterable[str]) -> bool:
    """Whether a key holds a text that a search should find, because another of ``keys`` says where it stands."""
    return fold_name(key) == _EVIDENCE and any(last_word(each) in _PLACES for each in keys if each != key)


def prescribes(key: str) -> bool:
    """Whether a key holds how an answer is to be written, such as an ``answer_format``, which the model reads."""
    words = fold_name(key)
    return words[:1] in _ANSWERS and len(words) > 1 and words[-1] in _FORMATS


def describes(key: str) -> bool:
    """Whether a key holds a description of what an answer should do, by which answers are judged."""
    words = fold_name(key)
    return words[:1] in _FIRST_RIGHT and words[-1:] in _BEHAVIOURS


def describes_faults(key: str) -> bool:
    """Whether a key holds a description of faults that an answer may have, such as ``unsafe_failure_modes``."""
    words = fold_name(key)
    return words[-2:] in (("failure", "modes"), ("failure", "mode")) or (len(words) > 1 and words[-1] == "criteria")


def limits(key: str) -> bool:
    """Whether a key holds a limit that an answer is to keep, such as ``expected_max_tokens``, and no answer."""
    return not _LIMITS.isdisjoint(fold_name(key))


def demands(key: str) -> bool:
    """Whether a key holds demands that an answer must or must not meet, which no model reads."""
    words = fold_name(key)
    return len(words) > 1 and (words[:1] in _DEMANDS or (words[:1] in _EXPECTED and checks(key)))


def routes(key: str) -> bool:
    """Whether a key holds who is expected to answer, such as an ``expected_agent``, and no answer."""
    words = fold_name(key)
    return words[:1] in _EXPECTED and words[-1] in _ROUTES


def states_facts(key: str) -> bool:
    """Whether a key holds what a right answer is expected to say, in parts: ``expected_facts``."""
    words = fold_name(key)
    return words[:1] in _EXPECTED and len(words) > 1 and words[-1] in _STATED


def is_right(key: str) -> bool:
    """Whether a key holds a right answer by the first word of its name, such as ``gold_tables``."""
    words = fold_name(key)
    stated = words[:1] in _FIRST_RIGHT or words[:2] == ("ground", "truth")
    return len(words) > 1 and stated and words[-1] not in _COUNTED_TRUE and not checks(key)
