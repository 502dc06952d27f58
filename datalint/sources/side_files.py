"""Text files that belong to other files: sides of parallel text by their language, and lists of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.files import open_regular
from datalint.sources.inflate import SUFFIXES
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.language_codes import ISO_639_1, WHOLE

#: Codes in the place of a suffix that name the language of a text (``train.de``), as in Moses.
CODES: Final = tuple(sorted(ISO_639_1 | WHOLE))
#: Words for texts, and for the lines of another file that belong to them.
_TEXTS: Final = (
    "text", "texts", "sentence", "sentences", "sent", "sents", "tweet", "tweets", "review", "reviews", "comment",
    "comments", "data", "tokens", "words",
)  # fmt: skip
LABELS: Final = ("label", "labels", "tag", "tags")
#: Words for the lines of a text in another form, or for what each of its tokens is: ``pos_train.txt``.
ANNOTATED: Final = (
    "tokens", "tokenized", "tokenised", "tok", "pos", "postags", "pos_tags", "lemma", "lemmas", "ner", "chunk",
    "chunks", "intent", "intents", "slots", "annotations", "targets", "classes",
)  # fmt: skip
#: Names of the two sides of pairs of files, in addition to those of languages.
_PAIRS: Final = (
    ("src", "tgt"), ("src", "trg"), ("src", "dst"), ("in", "out"), ("source", "target"), ("input", "output"),
    ("inputs", "outputs"), ("article", "summary"), ("articles", "summaries"), ("article", "title"),
    ("articles", "titles"), ("text", "summary"), ("texts", "summaries"), ("document", "summary"),
    ("documents", "summaries"), ("story", "summary"), ("stories", "summaries"), ("source", "summary"),
    ("question", "answer"), ("questions", "answers"), ("query", "answer"), ("queries", "answers"),
    ("post", "response"), ("posts", "responses"), ("context", "response"), ("contexts", "responses"),
    ("prompt", "response"), ("prompts", "responses"), ("norm", "simp"), ("orig", "simp"), ("complex", "simple"),
    ("ocr", "gt"), ("ocr", "truth"), ("ocr", "gold"), ("ocr", "groundtruth"), ("ocr", "corrected"), ("noisy", "clean"),
    ("incorrect", "correct"), ("complex", "simp"), ("normal", "simple"), ("normal", "simplified"),
    ("original", "simplified"), ("sources", "targets"), ("source", "correction"), ("sources", "corrections"),
    ("source", "corrected"), ("original", "corrected"), ("original", "correction"), ("originals", "corrections"),
    ("incorrect", "corrected"), ("error", "correct"), ("errors", "corrections"), ("noise", "clean"),
    ("informal", "formal"), ("toxic", "neutral"), ("toxic", "detoxified"), ("dialogue", "summary"),
    ("dialogues", "summaries"), ("doc", "summary"), ("docs", "summaries"), ("abstract", "title"),
    ("abstracts", "titles"), ("code", "docstring"), ("code", "comment"),
    *product(_TEXTS, LABELS),
)  # fmt: skip
#: Words for the right lines of an evaluation, and for what they are compared with: their text, labels, or the output of
#: a system. Such a file has a name of its own, and as many lines.
_RIGHT: Final = (
    "gold", "golden", "ref", "refs", "reference", "references", "truth", "groundtruth", "gt", "key", "keys",
)  # fmt: skip
_COMPARED: Final = (
    *_TEXTS, *LABELS, "src", "source", "sources", "input", "inputs", "hyp", "hyps", "hypothesis", "hypotheses", "pred",
    "preds", "prediction", "predictions", "output", "outputs", "system",
)  # fmt: skip
_EVALUATED: Final = tuple(product(_RIGHT, _COMPARED))
#: Pairs that have this meaning only as the suffix of a name: inside a name they have another one.
_SUFFIXES: Final = (
    ("from", "to"), ("enc", "dec"), ("nl", "cm"), ("ques", "ans"), ("ques", "tgt"), ("premise", "hypothesis"),
    ("s1", "s2"), ("sent1", "sent2"), ("sentence1", "sentence2"), ("text1", "text2"), ("input0", "input1"),
)  # fmt: skip
#: Words for a side that is the prompt of the other one, or the text of its labels.
DIRECTED: Final = frozenset(
    (
        *_PAIRS, *product((*_TEXTS, "src", "source", "sources", "input", "inputs"), _RIGHT),
        ("from", "to"), ("enc", "dec"), ("nl", "cm"), ("ques", "ans"), ("ques", "tgt"),
    )
)  # fmt: skip
#: Words for what the lines of another text are, or for tags of their tokens.
MARKS: Final = frozenset(
    (*LABELS, "pos", "postags", "pos_tags", "ner", "chunk", "chunks", "intent", "intents", "slots", "annotations",
     "targets", "classes")
)  # fmt: skip
#: Pairs of texts that are compared, which are sides only where both files have as many lines: as names of folders and
#: in other places, their words have other meanings. ``s1`` and ``s2`` are numbered.
_COMPARED_TEXTS: Final = (
    ("premise", "hypothesis"), ("premises", "hypotheses"), ("pre", "hyp"), ("claim", "evidence"), ("left", "right"),
    ("query", "document"), ("query", "passage"), ("queries", "documents"), ("queries", "passages"),
)  # fmt: skip
_NUMBERED_TEXTS: Final = (
    "s", "t", "q", "sent", "sents", "sentence", "sentences", "seq", "text", "texts", "question", "questions", "premise",
)  # fmt: skip
#: A name for one of two such texts: a word with a number or a letter (``sent_1``, ``textB``).
_ONE_OF_TWO: Final = rf"((?:{'|'.join(_NUMBERED_TEXTS)})[_-]?)([12ab])"
#: The texts next to which ``label`` has a line for each, and their slots.
_COMMANDS: Final = "seq.in"
_SLOTS: Final = "seq.out"
#: Characters between the name of a file and a word for its labels.
_JOINTS: Final = "_-."
#: Sides of which there may be several with a number each, such as ``test.simp.0`` for ``test.orig``.
_NUMBERED: Final = ("simp", "ref", "turk", "tgt", "target")
_ORIGINALS: Final = ("orig", "norm", "src", "source")
#: Last parts of names that may be those of a side of parallel text, if a file with another one exists.
SIDE_SUFFIXES: Final = tuple(
    dict.fromkeys(
        f".{word}"
        for word in (*CODES, *map(str, range(10)), *(each for pair in (*_PAIRS, *_SUFFIXES) for each in pair))
    )
)
_SWAPPED: Final = str.maketrans("12abAB", "21baBA")
#: Names of lists of the labels or words that the data has.
_LIST: Final = lazy_pattern(
    r"(?:class(?:es)?|labels?|categories|vocab(?:ulary)?)(?:[_-](?:list|names?|cased|uncased))?\.txt", re.IGNORECASE
)
#: Bytes of a list at most, and characters and words of its items.
_LARGEST: Final = 4 << 20
_CHARS: Final = 60
_WORDS: Final = 4


def is_side(path: Path) -> bool:
    """Return whether the suffix of a file names a side of parallel text, and a file with another side exists.

    Suffixes are codes of languages (``train.de``), such codes with a region or script (``train.pt_BR``), or words for
    sides (``wiki.norm`` and ``wiki.simp``). The suffix of a compression may follow it.
    """
    packed = next((each for each in (*SUFFIXES, ".zstd") if path.name.lower().endswith(each)), "")
    name = path.name[: len(path.name) - len(packed)]
    return any(path.with_name(f"{other}{path.name[len(name) :]}").is_file() for other in names_by_suffix(name))


def names_by_suffix(name: str) -> Iterator[str]:
    """Yield the possible names of the other side of a parallel text, if the suffix of its name names a side."""
    stem, _, suffix = name.rpartition(".")
    word = suffix.lower()
    if not stem:
        # The intents of texts for spoken commands are in a file without a suffix.
        yield from ((_COMMANDS,) if word in LABELS else ())
        return
    if suffix.isdecimal() and len(suffix) == 1:
        yield from _by_number(stem, suffix)
        return
    others = [*other_words(word), *(other for pair in _SUFFIXES for mine, other in (pair, pair[::-1]) if mine == word)]
    if word in CODES:
        others += [each for each in CODES if each != word]
    others += other_languages(suffix)
    yield from (f"{stem}.{each}" for each in others)
    if word in _ORIGINALS:
        yield from (f"{stem}.{each}.0" for each in _NUMBERED)
    # Next to the texts of spoken commands are their intents, in a file without a suffix.
    yield from LABELS if name == _COMMANDS else ()


def annotation_names(name: str) -> Iterator[str]:
    """Yield the possible names of labels of the lines of a text, or of what its tokens are.

    ``train_labels.txt``, ``labels_train.txt`` and ``train.labels`` for ``train.txt``, and ``label`` for ``seq.in``.
    """
    if name in (_COMMANDS, _SLOTS):
        yield from LABELS
    stem, _, suffix = name.rpartition(".")
    for word in (*LABELS, *ANNOTATED) if stem else ():
        yield from (f"{stem}{joint}{word}.{suffix}" for joint in _JOINTS)
        yield from (f"{word}{joint}{stem}.{suffix}" for joint in _JOINTS)
        if suffix == "txt":
            yield f"{stem}.{word}"


def annotated_names(stem: str, suffix: str) -> Iterator[str]:
    """Yield the possible names of the text whose labels are in ``stem.suffix``: ``train.txt`` for ``pos_train.txt``."""
    for word, joint in product((*LABELS, *ANNOTATED), _JOINTS):
        for bare in (stem.removesuffix(f"{joint}{word}"), stem.removeprefix(f"{word}{joint}")):
            if bare and bare != stem:
                yield f"{bare}.{suffix}"


def other_words(word: str) -> Sequence[str]:
    """Return the words for the side opposite to ``word``; none if that is no word for a side."""
    return _partners(word, _PAIRS)


def _partners(word: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [other for pair in pairs for mine, other in (pair, pair[::-1]) if mine == word]


def compared_names(stem: str) -> Iterator[str]:
    """Yield the names of the other one of two texts that are compared, and of the labels of the pairs.

    ``s2`` and ``labels`` for ``s1``, ``train_hypothesis`` for ``train_premise``, ``b`` for ``a``, and ``s1`` for
    ``labels``. These are no sides but in files with as many lines.
    """
    if stem in "abAB" and len(stem) == 1:
        yield stem.translate(_SWAPPED)
    for part in re.finditer(rf"(?i)(?<![a-z]){_ONE_OF_TWO}(?![a-z0-9])", stem):
        yield stem[: part.start(2)] + part[2].translate(_SWAPPED) + stem[part.end(2) :]
        yield from (stem[: part.start()] + each + stem[part.end() :] for each in LABELS)
    for part in re.finditer("[A-Za-z]+", stem):
        word = part.group().lower()
        others = _partners(word, _COMPARED_TEXTS)
        if others:
            others += LABELS
        elif word in LABELS:
            others += [each for pair in _COMPARED_TEXTS for each in pair]
            others += [f"{each}{joint}1" for each in _NUMBERED_TEXTS for joint in ("", "_")]
        yield from (stem[: part.start()] + each + stem[part.end() :] for each in others)


def evaluated_words(word: str) -> Sequence[str]:
    """Return the words for what the right lines of an evaluation are compared with, and the other way round."""
    return _partners(word, _EVALUATED)


def other_languages(name: str) -> Sequence[str]:
    """Return the names of other languages of which one has a region or a script, where ``name`` is one of a language.

    There are none if ``name`` is a code whose other side is a code too.
    """
    from datalint.support.names.locales import WRITTEN, is_locale, other_locales

    if is_locale(name):
        return [*other_locales(name), *CODES]
    return WRITTEN if name.lower() in CODES else ()


def _by_number(stem: str, number: str) -> Iterator[str]:
    """Yield the names of the text that one of several numbered sides belongs to, and of another one of these."""
    bare, _, word = stem.rpartition(".")
    if bare and word in _NUMBERED:
        yield from (f"{bare}.{each}" for each in _ORIGINALS)
        yield f"{stem}.{'1' if number == '0' else '0'}"


def lists_labels(path: Path) -> bool:
    """Return whether a file is a list of labels or words by its name, each on a line of its own and none twice."""
    if _LIST.fullmatch(path.name) is None:
        return False
    try:
        if path.stat().st_size > _LARGEST:
            return False
        with open_regular(str(path)) as file:
            lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    except (OSError, DatalintError):
        return False
    brief = all(len(line) <= _CHARS and len(line.split()) <= _WORDS and "\t" not in line for line in lines)
    return brief and len(set(lines)) == len(lines)
