"""A hint for data that is judged as training data and may be an evaluation set, or for something else."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from datalint.checkout.repositories import find_repository
from datalint.config.paths import is_folder
from datalint.core.kind import EVALUATION, RL, SFT, TEXT, Kind
from datalint.core.results import FactorResult, Verdict
from datalint.records.dataset import Dataset
from datalint.sources.name_hints import is_of_evaluation, may_be_evaluation, may_be_training

#: What the right answer, or what decides about it, is called by those who compare answers with it.
_KEY: Final = (
    r"(?i)(?:gold(?:en)?|ideal|reference|ground[_ -]?truth)"
    r"(?:[_ -]?(?:answer|response|solution|output|label|completion|text|sql|code)s?)?"
    r"|(?:gold(?:en)?|ground[_ -]?truth)[_ -]\w{1,30}|label[_ -]gold|expected(?:[_ -]?\w{1,30})?"
    r"|canonical[_ -]?(?:solution|answer|code)s?|rubrics?"
)

#: What a model under test answered, and the right answer next to it.
_TESTED: Final = r"(?i)(?:generated|predicted|model|llm|rag|bot)[_ -]?(?:answer|response|output)s?"
_RIGHT: Final = r"(?i)(?:correct|right|true)?[_ -]?answers?"
#: Names of files of questions, of folders of what models answered to them, and of programs that ask models.
_ASKED: Final = r"(?i)(?:.*[-_.])?(?:questions?|queries|qa[-_]?pairs)\.\w{1,8}"
_RESULTS: Final = (
    *("result", "results", "predictions", "model_answer", "model_answers", "model_outputs"),
    *("benchmark", "benchmarks", "experiment_results", "eval_results", "evaluation_results", "test_results"),
)
_PROGRAMS: Final = ("benchmark.py", "run_benchmark.py")
#: Rows from which on questions and seeds may be for training.
_MANY: Final = 500
#: Names of seeds, of which examples are generated. That of a random generator has a number.
_SEEDS: Final = (
    r"(?i)(?<![a-z])seeds?[-_ ]?(?:tasks?|prompts?|questions?|queries|instructions?|examples?|topics?|dialog(?:ue)?s?"
    r"|conversations?|qas?|pairs?|data|set)(?![a-z])|(?<![a-z])seeds?(?:\.\w{1,8})?$"
)
#: Names of examples that are shown in a prompt.
_SHOTS: Final = r"(?i)(?<![a-z])few[-_ ]?shots?(?![a-z])"
#: A word for generation with retrieved texts, and words of names of what is retrieved.
_RAG: Final = r"(?i:(?<![a-z])rag(?![a-z]))|(?<![A-Z])RAG(?![a-z]|[A-Z]{2})"
_RETRIEVED: Final = (
    rf"{_RAG}|(?i:(?<![a-z])(?:chunks?|passages?|retrieval|embeddings?|knowledge[-_ ]?base|vector[-_ ]?(?:store|db))"
    r"(?![a-z]))"
)
#: Keys of the number of a part of a document, or of a text's embedding, which only those who look for texts write.
_PART: Final = r"(?i)(?:chunk|passage)[-_ ]?(?:id|idx|index|no|num(?:ber)?)|(?:(?:text|content)[-_ ]?)?embeddings?"
#: In lower case, one of these is in each name in which any of the expressions finds something.
_SIGNS: Final = ("seed", "shot", "rag", "chunk", "passage", "retriev", "embed", "knowledge", "vector")
#: Words on data that seems to be for something else than training.
PASSAGES: Final = "a name or key suggests passages to retrieve"
SEEDS: Final = "a name suggests seeds to generate examples from"
SHOTS: Final = "a name suggests examples to show in a prompt (few-shot)"
ASKED: Final = "a name suggests questions that test a system with retrieved texts (RAG), or texts that it retrieves"
#: The end of the name of a folder of training data.
_TRAINING_FOLDER: Final = r"(?i)(?:^|[-_ ])train(?:ing)?(?:[-_ ]?(?:data|(?:data)?sets?))?$"
#: Data of which no number is too small.
UNCOUNTED: Final = (PASSAGES, SHOTS)


def evaluation_hint(dataset: Dataset) -> str | None:
    """Return a note on how to say what the data is for, if a weak sign says that it may be an evaluation set."""
    if not (why := dataset.analyses.maybe_evaluation):
        return None
    if why in UNCOUNTED:
        return f"{why}, of which no number is too few: --kind {dataset.kind} if it is training data"
    if why == SEEDS:
        return f"{why}, for which fewer rows are enough: --kind {dataset.kind} if it is training data"
    options = f"--kind {EVALUATION}, or --kind {dataset.kind} if it is training data"
    return f"{why}, for which fewer rows are enough: {options}"


def too_few_note(dataset: Dataset, volume: FactorResult, fired: Collection[str]) -> str | None:
    """Return a note on why volume warns about data that may be an evaluation set, if no rule that ``fired`` says so.

    What is enough to evaluate with, and too little to train on, is no finding, as it may be for either.
    """
    if volume.factor not in dataset.eased:
        return None
    for gate in volume.gates:
        if gate.verdict is Verdict.WARN and not any(rule in fired for rule in gate.rules):
            return f"volume warns, as {gate.shown} {gate.title} are too few to train on ({gate.warn})"
    return None


def has_weak_sign(paths: Sequence[str], keys: Iterable[str]) -> bool:
    """Return whether the names of all files, or the keys of rows, may be those of an evaluation set.

    No name of a file, nor of a folder above it in the project, is one of training data.
    """
    places = _places_of(paths)
    if any(may_be_training(names) for _, names in places):
        return False
    named = all(
        may_be_evaluation(names, repository) or _has_results(path, names)
        for path, (repository, names) in zip(paths, places, strict=True)
    )
    names = [*map(in_english, keys)]
    tested = any(re.fullmatch(_TESTED, name) for name in names) and any(re.fullmatch(_RIGHT, name) for name in names)
    return named or tested or any(re.fullmatch(_KEY, name) for name in names)


def in_english(key: str) -> str:
    """Return a key in English, in lower case and with ``_`` between its words, or as it is if it is English."""
    from datalint.support.names.column_names import fold_name
    from datalint.support.names.translated_names import pieces_of

    name = key.strip()
    words = fold_name(name)
    return name if words == pieces_of(name) else "_".join(words)


def other_use(kind: Kind, size: int, paths: Sequence[str], keys: Iterable[str]) -> str:
    """Return words on what rows seem to be for if not for training: to retrieve, to generate from, or to ask a system.

    Plain texts are passages to retrieve if a key numbers the parts of documents or has embeddings, or a name says so.
    Of fewer than 500 examples, a name says that they are seeds or shown in a prompt, or that the system which answers
    retrieves texts. Empty if nothing says so, or a name of a file, of a folder above it or of its repository is one of
    training data.
    """
    is_part = kind == TEXT and any(re.fullmatch(_PART, key.strip()) for key in keys)
    if kind not in (SFT, RL, TEXT):
        return ""
    # Finding repositories takes longer than all else, and few names have any of the words.
    if not (is_part or all(map(_has_sign, paths)) or _has_sign(os.path.realpath(Path.cwd()))):
        return ""
    places = [[repository, *names] for repository, names in _places_of(paths)]
    if any(may_be_training([name]) for names in places for name in names):
        return ""
    if kind == TEXT:
        return PASSAGES if is_part or _all_named(places, _RETRIEVED) else ""
    if size >= _MANY:
        return ""
    if _all_named([names[-2:] for names in places], _SEEDS):
        return SEEDS
    if _all_named([names[1:][-2:] for names in places], _SHOTS):  # a repository may be about few-shot learning
        return SHOTS
    return ASKED if _all_named(places, _RAG) else ""


def _has_sign(name: str) -> bool:
    return any(sign in name.lower() for sign in _SIGNS)


def _all_named(places: Sequence[Sequence[str]], words: str) -> bool:
    """Return whether one of the names of each place has one of some words."""
    return bool(places) and all(any(re.search(words, name) for name in names) for names in places)


def agreeing_key(paths: Sequence[str], keys: Iterable[str]) -> str:
    """Return a key of right answers, if names have a word for a benchmark or an evaluation as well; empty for none.

    No name of a file, of a folder above it or of its repository is one of training data.
    """
    found = next((key for key in keys if re.fullmatch(_KEY, in_english(key))), "")
    if not found:
        return ""
    places = [[repository, *names] for repository, names in _places_of(paths)]
    agree = all(is_of_evaluation(names) and not may_be_training(names) for names in places)
    return found if agree and not any(may_be_training(names[:1]) for names in places) else ""


def _has_results(path: str, names: Sequence[str]) -> bool:
    """Return whether a file is one of questions, and results or a benchmark are next to it or next to its folder."""
    if "://" in path or re.fullmatch(_ASKED, names[-1]) is None:
        return False
    above = [Path(path).parent, Path(os.path.realpath(Path(path).parent)).parent][: len(names)]
    return any(
        any(is_folder(folder / name) for name in _RESULTS) or any((folder / name).is_file() for name in _PROGRAMS)
        for folder in above
    )


def _places_of(paths: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Return the name of each file's repository, and those of the file and of the folders above it there.

    Outside of a repository, the working folder takes its place, but what it is called says nothing. The repository is
    searched for once for each folder, since a dataset may have thousands of files.
    """
    here = Path(os.path.realpath(Path.cwd()))
    folders: dict[str, tuple[str, tuple[str, ...]]] = {}
    places: list[tuple[str, Sequence[str]]] = []
    for path in paths:
        if "://" in path:
            places.append(("", path.partition("://")[2].split("/")))
            continue
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = _place_of(Path(os.path.realpath(folder)), here)
        repository, names = folders[folder]
        places.append((repository, (*names, name)))
    return places


def _place_of(folder: Path, here: Path) -> tuple[str, tuple[str, ...]]:
    """Return the name of the repository that a folder is in, and those of the folder and of the folders above it."""
    repository = find_repository(folder)
    if repository is not None:
        return repository.name, folder.relative_to(repository).parts
    if folder.is_relative_to(here):
        return "", folder.relative_to(here).parts
    # A folder of training data is one wherever the command is run; no other word says anything then.
    return "", (folder.name,) if re.search(_TRAINING_FOLDER, folder.name) else ()
