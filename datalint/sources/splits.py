"""Recognise training and evaluation data by the name of a file, a folder or a split."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from datalint.sources.named_path import NamedPath, from_root, is_local, named_path, places_of_repositories
from datalint.sources.split_words import (
    ENGLISH_HELD,
    ENGLISH_TRAINING,
    HELD_ALONE,
    NAMES,
    STATES,
    TRAINING_NAMES,
    TRIAL,
    as_written,
)
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.language_codes import ISO_639_1, LANGUAGES
from datalint.support.remarks import is_canary_key

#: Names of splits among lists of rows or sheets, and names of training splits.
SPLIT: Final = lazy_pattern(
    r"(?:.*[_-])?(?:train(?:ing)?|val(?:id(?:ation)?)?|dev(?:elopment)?|test(?:ing)?|eval(?:uation)?)(?:[_-].*)?",
    re.IGNORECASE,
)
TRAIN: Final = lazy_pattern(r"train(?:ing)?", re.IGNORECASE)
#: The separator between a path and the names of lists in its file.
LISTS: Final = ": "
#: Names of evaluation sets; the abbreviation is one of a court too, as in the number of a case.
_HELD: Final = "|".join(NAMES).replace("tst", r"(?<![0-9])tst")
_NAMED_FOR_EVALUATION: Final = rf"(?i)^({_HELD})(?![a-z])|(?<![a-z])({_HELD})[-_ .0-9v]*$"
#: Words inside a name that say so next to a file that is named alike but for a word for training, and one in any place.
_INSIDE: Final = rf"(?i)(?<=[-_.])(?:test|testing|dev|valid)(?=[-_.])|{TRIAL}"
#: Queries of a retrieval set, and the files of which one has the judgments on them.
_QUERIES: Final = r"(?i)(?<![a-z])(?:queries|topics)$"
_JUDGMENTS: Final = tuple(f"qrels{suffix}" for suffix in (".tsv", ".txt", ".csv", ".jsonl", ".json", ".trec", ""))
#: The same for the name alone: only words for the state, the language or the number of a file follow, and no word
#: before gives it another meaning.
_INSIDE_ALONE: Final = (
    rf"(?i)(?<=[-_. ])(?<!unit[-_. ])(?<!web[-_. ])(?<!game[-_. ])(?<!app[-_. ])(?<!ab[-_. ])(?:{ENGLISH_HELD})"
    rf"(?:[-_. ]+(?:{'|'.join((*STATES, *sorted(LANGUAGES | ISO_639_1)))}|v?[0-9]+[a-z]?|[a-z]))+$"
)
#: The same before the two languages of parallel text, of which one is the suffix of this side: ``manual.dev.enid.id``.
_INSIDE_PAIR: Final = rf"(?i)(?<=[-_.])(?:{ENGLISH_HELD})[-_.]([a-z]{{2}})[-_]?([a-z]{{2}})\.(?:\1|\2)$"
#: Words that have this meaning anywhere in a name.
_SET_FOR_EVALUATION: Final = (
    r"(?i)(?<![a-z])(?:test|eval|dev)[-_ ]?(?:set|suite)(?![a-z])|(?<![a-z])humaneval"
    r"|(?<![a-z])(?<!unit[-_ ])(?<!web[-_ ])(?:test|dev)[-_ ]?(?:data(?:set)?|split)(?![a-z])"
    r"|(?<![a-z])(?:eval|evaluation|validation|val|held[-_ ]?out)(?![a-z])"
)
#: The same, unless a name says that the file is for tuning as well.
_MAY_BE_FOR_EVALUATION: Final = (
    r"(?i)bench(?:mark)?s?(?![a-z])|(?<![a-z])(?:bfcl|[a-z]{0,6}mmlu|c-?eval|gpqa|truthful[-_ ]?qa)(?![a-z])"
    r"|(?<![a-z])gold(?:en)?[-_ ]?(?:(?:data[-_ ]?)?set|standard|qas?|questions|queries|answers|cases|eval)(?![a-z])"
    r"|(?<![a-z])gold(?:en)?[-_ .0-9v]*$|^(?:sanitized[-_ ]?)?mbpp[-_ ]?(?:plus|\+)?[-_ .0-9v]*$"
)
#: Names of benchmarks that have no part for training, unless a name says that a file is for tuning or has prompts for
#: reinforcement learning, or what is only like one.
_BENCHMARKS: Final = (
    r"(?i)(?<![a-z])(?:mgsm|ifeval|agi[-_ ]?eval|halu[-_ ]?eval|bbh|big[-_ ]?bench[-_ ]?hard|math-?500|simple[-_ ]?qa"
    r"|aime[-_ ]?(?:20)?2[4-6]|arena[-_ ]?hard|xs[-_ ]?test|belebele|flores-?(?:101|200)"
    r"|adv[-_ ]?glue|open[-_]?functions[-_]v[0-9]+[-_]test|[a-z]{0,2}(?:map|crux|class|repo|coder|alpaca)eval)"
    r"(?![a-z])(?![-_ ]?(?:like|style)(?![a-z]))"
)
#: Names of suites of benchmarks, which have no part for training, in the name of a folder.
_SUITES: Final = r"(?i)(?<![a-z])(?:trust[-_ ]?llm|loogle|adv[-_ ]?glue|follow[-_ ]?bench|long[-_ ]?bench)(?![a-z])"
#: Methods of tuning, in the names of files that are for it.
TUNING: Final = (
    r"(?i)(?<![a-z])(?:sft|dpo|kto|orpo|rlhf|peft|q?lora|(?:fine|instruct(?:ion)?)[-_ ]?tunn?(?:e|ed|ing))(?![a-z])"
)
#: Methods of reinforcement learning, and these and the prompts that it takes in the names of files and folders.
METHODS: Final = "grpo|gspo|dapo|ppo|rloo|rl|rlhf|rlvr|rlaif|reinforce|reinforcement"
FOR_PROMPTS: Final = rf"(?i)(?<![a-z])(?:{METHODS}|prompts?)(?![a-z])"
#: The suffixes after the name of a file.
SUFFIXES: Final = (
    r"(?i)(?:\.(?:jsonl|json|ndjson|jsonlines|csv|tsv|txt|text|parquet|arrow|feather|xlsx|xlsm|ya?ml|conllu?p?|data"
    r"|gz|bz2|xz|zstd?)){1,3}$"
)
#: Folders of evaluation sets, by the whole name of one that is above a file, or by a word of the last one's.
_FOLDER_FOR_EVALUATION: Final = (
    r"(?i)(?<![a-z])(?:evals?|evaluations?|bench(?:mark)?s?|test[-_ ]?(?:set|suite)s?)(?![a-z])"
)
#: The same of the folder that a file is in: ``squad_val``, ``test_data``, ``squad-testdata``, ``test_instruction``.
#: Folds of a cross-validation are none, and ``dev`` may be for developers.
_LAST_FOLDER: Final = (
    r"(?i)(?:.*(?<![a-z]))?(?<!cross[-_ ])(?:val|validation)"
    r"|(?:val|valid|validation|dev|test)[-_ ]?(?:data(?:set)?|set)s?"
    r"|.*[-_ .](?<!unit[-_ ])(?<!web[-_ ])(?<!game[-_ ])(?<!app[-_ ])(?<!ab[-_ ])test[-_ ]?(?:data(?:set)?|set)s?"
    r"|(?:val|validation|test)[-_ ](?:instruction|question|query|querie|prompt)s?"
)
#: In lower case, one of these is in each name of ASCII in which any of the expressions finds something. Compiling these
#: takes longer than all else that is done with a name, and few names have any.
_SIGNS: Final = (
    *("bench", "eval", "test", "dev", "val", "gold", "held", "hold", "tst", "trial", "queries", "topics"),
    *("walidacyjn", "uji", "bfcl", "mmlu", "gpqa", "truthful", "mgsm", "bbh", "math", "simple", "aime", "arena", "xs"),
    *("belebele", "flores", "functions", "mbpp", "glue", "loogle", "trust"),
)
#: Words of the names of folders of data, of which one has the splits.
_DATA: Final = r"(?i)(?<![a-z])(?:data(?:sets?)?|corpus|corpora)(?![a-z])"
#: Words of a folder's name above which it is a title, of which one word says little.
_WORDS: Final = 3
#: Folders above a file whose names are read.
LEVELS: Final = 4


def evaluation_name(path: str) -> str:
    """Return the name of a file or of a folder that marks it as an evaluation set; empty if none does.

    ``test.jsonl`` and ``gold_set.csv`` say so themselves: the name begins or ends with a word for evaluation, or
    has one of a test set or a benchmark (``ifeval.jsonl``). In ``faq_test_clean.json``, only words for its state,
    language or number follow one; ``faq_test_dogs.json`` is one next to ``faq_train_dogs.json``, and
    ``faq_trial.json`` next to ``faq_train.json``, and ``testClean.json`` next to ``trainClean.json``. Next to
    ``qrels.tsv``, ``queries.tsv`` is one. ``evaluation/questions.jsonl`` is in such a folder, as
    ``LooGLE/rows.jsonl`` is in that of a benchmark, which is returned with a slash;
    ``data/test/en/rows.jsonl`` is below a split. ``rows.json: canary`` has such a key next to its rows. Which folders
    count is for :func:`~datalint.sources.named_path.named_path` to say. No name from there on contains a word for
    training, and no file in such a folder, of a benchmark or of a gold set is named after a method of tuning
    (``sft.json``, ``sft_gold.csv``).
    """
    marked = LISTS in path and is_canary_key(path.rpartition(LISTS)[2])
    if not marked and not has_sign(from_root(path), _SIGNS):
        return ""
    place = named_path(path)
    folders, name = place.folders, place.name
    stem = re.sub(SUFFIXES, "", name)
    if re.search(ENGLISH_TRAINING, stem) is not None:
        return ""
    if marked or any(re.search(pattern, stem) for pattern in (_NAMED_FOR_EVALUATION, _SET_FOR_EVALUATION, HELD_ALONE)):
        return name
    if re.search(TUNING, stem) is not None:
        return ""
    if any(re.search(pattern, stem) for pattern in (_INSIDE_ALONE, _INSIDE_PAIR)):
        return name
    if any(each.is_file() for each in (*_training_next_to(path, stem), *_judgments_next_to(path, stem))):
        return name
    if re.search(_MAY_BE_FOR_EVALUATION, stem):
        return name
    if re.search(_BENCHMARKS, stem) and re.search(FOR_PROMPTS, stem) is None:
        return name
    for folder in reversed(folders[-LEVELS:]):
        if re.search(ENGLISH_TRAINING, folder) is not None:
            return ""
        if re.fullmatch(_FOLDER_FOR_EVALUATION, folder) is not None:
            return f"{folder}/"
        if re.search(_SUITES, folder) is not None and re.search(FOR_PROMPTS, stem) is None:
            return f"{folder}/"
        words = re.findall(r"[^\W_]+", folder)
        if folder is folders[-1] and len(words) <= _WORDS and re.search(_FOLDER_FOR_EVALUATION, folder) is not None:
            return f"{folder}/"
    last = folders[-1] if folders else ""
    if last.lower() in NAMES or re.fullmatch(_LAST_FOLDER, last) is not None:
        return f"{last}/"
    return _split_above(path, place)


def with_lists(path: str, held_lists: str) -> str:
    """Return a path with the names of the lists in its file, if all are ``held_lists``, as a part of its own name."""
    return f"{path}{LISTS}{held_lists}" if held_lists else path


def _split_above(path: str, named: NamedPath) -> str:
    """Return the name of a folder further above a file that is a split; empty for none.

    ``test`` is one in a folder of data (``data/test/en/rows.json``) or next to the folder of the training data. In a
    program, it has the tests.
    """
    for place in _splits_above(named.folders):
        if place and re.search(_DATA, named.folders[place - 1]) is not None:
            return f"{named.folders[place]}/"
        if is_local(path) and any(each.is_dir() for each in _training_folders(named, place)):
            return f"{named.folders[place]}/"
    return ""


def _splits_above(folders: Sequence[str]) -> Iterator[int]:
    """Yield the places of the folders further above a file that are named after an evaluation set."""
    for place in range(max(0, len(folders) - LEVELS), len(folders) - 1):
        if folders[place].lower() in NAMES:
            yield place


def _training_folders(named: NamedPath, place: int) -> list[Path]:
    """Return the folders of training data, which need not exist, next to one of the folders above a file."""
    return [named.folder(place, each) for each in TRAINING_NAMES]


def places_that_decide(path: str) -> Iterator[Path]:
    """Yield the files and folders whose existence :func:`evaluation_name` may check to classify a path."""
    if not is_local(path) or not has_sign(from_root(path), _SIGNS):
        return
    named = named_path(path)
    stem = re.sub(SUFFIXES, "", named.name)
    yield from places_of_repositories(path)
    yield from (*_training_next_to(path, stem), *_judgments_next_to(path, stem))
    for place in _splits_above(named.folders):
        yield from _training_folders(named, place)


def has_sign(name: str, signs: Iterable[str]) -> bool:
    """Return whether a name may be that of an evaluation set; those that are not ASCII all may."""
    lower = name.lower()
    return not name.isascii() or any(sign in lower for sign in signs)


def _training_next_to(path: str, stem: str) -> list[Path]:
    """Return the files, which need not exist, with a word for training in the place of one for evaluation in a name."""
    if not is_local(path) or (found := re.search(_INSIDE, stem)) is None:
        return []
    file = Path(path)
    before, after = file.name[: found.start()], file.name[found.end() :]
    return [file.with_name(f"{before}{as_written(word, found[0])}{after}") for word in TRAINING_NAMES]


def _judgments_next_to(path: str, stem: str) -> list[Path]:
    """Return the files, which need not exist, with relevance judgments, if a name is that of queries."""
    if not is_local(path) or (found := re.search(_QUERIES, stem)) is None:
        return []
    file = Path(path)
    before = dict.fromkeys((stem[: found.start()], ""))
    return [file.with_name(f"{each}{name}") for each in before for name in _JUDGMENTS]
