"""Common column names, and the meaning of each."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from datalint.support.names.language_codes import LANGUAGES
from datalint.support.names.language_names import LANGUAGE_NAMES
from datalint.support.names.translated_names import pieces_of, translated

#: Meaning → names, in lower case without separators, so a name of several words is a single word here. Names of other
#: languages are read in English (:mod:`datalint.support.names.translated_names`).
NAMES: Final[dict[str, str]] = {
    "system": "system systemprompt systemmessage systeminstruction systemhint sysprompt sys",
    "prompt": (
        "prompt question instruction query queries input problem ask request user human q inquiry anchor userprompt "
        "usermessage userinput userquery questiontext instructiontext querytext inputtext prompttext problemstatement "
        "prompttask usr brief goal sourcetext problemdescription taskdescription naturallanguage naturallanguagequery "
        "nlquery nl ques riddle puzzle"
    ),
    "response": (
        "response answer output completion reply asst respond responds solution target assistant bot a ans gold golden "
        "groundtruth gt expected expect canonical sqlquery cypherquery sparqlquery functioncall toolcall calling "
        "reference referenceanswer refr "
        "ideal responsetext answertext outputtext targettext modelresponse modeloutput assistantmessage "
        "completionmessage responsemessage sql"
    ),
    "text": (
        "text txt sentence utterance content body tweet review comment post article document passage paragraph message "
        "description phrase opinion news quote"
    ),
    # What is written of another text, where nothing is named a response.
    "written": (
        "summary summarization highlights tldr translation translated truth code cypher sparql sql regex "
        "gloss formula bash cmd command script program functioncall toolcall explanation rationale corrected "
        "correction fixed rewritten rewrite reframe reframed paraphrase paraphrased simplified simplification "
        "normalized cleaned emoji emojis analysis diagnosis diagnoses treatment prescription advice recommendation "
        "recipe story poem poetry essay lyrics rap song joke letter slogan tagline definition meaning entities "
        "keywords triples report critique feedback resume actionitems takeaways"
    ),
    "category": (
        "category categories cats label class classes intent intention topic sentiment emotion tag genre labels "
        "labeltext labelname"
    ),
    # Categories of rows, which the model doesn't learn to write.
    "group": "task tasktype type domain skill dataset kind cluster segment group stratum bucket "
    "subtopic subcategory subdomain subtask subtype ability capability typ",
    "context": (
        "context passage paragraph document doc background article evidence knowledge documents contexts options "
        "choices table schema ddl createtable dbschema hint story premise startercode functions tools "
        "signature functionsignature"
    ),
    # What checks a response.
    "test": "test tests check testlist testcase unittest assertion assertions checker checklist rubric criteria "
    "verifier",
    # What is done in a state, where nothing else is learned.
    "act": "action actions decision move tool",
    # What somebody notes down about a row, unless it is a clinical note.
    "remark": "note notes remark remarks memo reason",
    "heading": "title subject heading headline topic name act",
    "about": (
        "id idx index no nr doi isbn pmid uuid guid key url uri link path file filename date time timestamp datetime "
        "at created updated lang language locale length len count num number pk "
        "role speaker character dir directory folder repo repository "
        "score rank rating votes source split version model author name writer composer lyricist singer performer "
        "database db dbid dbname hash sha digest checksum fingerprint token tokens difficulty complexity level "
        "year license licence origin dataset subset data confidence certainty location timezone latitude longitude "
        "coord coords coordinates subreddit permalink slug agency publisher outlet ticker isin cusip "
        "fold subfold kfold cvfold extension fileextension filetype mimetype"
    ),
}


class Strength(IntEnum):
    """How clearly a column's name states a meaning."""

    NONE = 0
    #: One of its words states it.
    WORD = 1
    #: Its last word states it: ``std_answer`` is an answer, ``answer_type`` a type.
    HEAD = 2
    #: The whole name states it.
    WHOLE = 3


#: Words of a name that say how a value is written, and the meanings that another word next to each may state.
_FORMATTED: Final = {
    "json": ("prompt", "response", "written"),
    "str": ("prompt", "response", "written", "context"),
}
_WORDS: Final = {meaning: frozenset(names.split()) for meaning, names in NAMES.items()}
#: Names of the schema of a database, which are not those of a query where they end with its language: ``schema_sql``.
_SCHEMAS: Final = frozenset("schema dbschema databaseschema tableschema ddl createtable createtables tables".split())
#: Names of right answers and of predictions that are written as one word, ``goldlabel``, which mean what
#: ``gold_label`` means.
_RUN_TOGETHER: Final = {
    f"{gold}{last}": (gold, last)
    for gold in ("gold", "golden")
    for last in ("label", "labels", "answer", "answers", "response", "output")
} | {f"{whose}{last}": (whose, last) for whose in ("true", "pred", "predicted") for last in ("label", "labels")}
#: What is done with a text, after "to" in its name, and words of that end.
_DONE: Final = frozenset(
    """test classify translate answer summarize summarise annotate label check evaluate rate rewrite correct complete
    ask send""".split()
)
_AIM: Final = 2
#: Names of a reference that says where something is or is from, and is no answer: ``page_reference``.
_CITED: Final = (("reference",), ("references",))
_PLACES: Final = frozenset("page pages source photo photos image images file book verse scripture bible law".split())
#: Words of English that many names have and no meaning needs.
COMMON: Final = frozenset(
    "approved conversations edited meta metadata messages reviewed row status tags turns validated verified".split()
)
_ENGLISH: Final = COMMON.union(*_WORDS.values())


@lru_cache(maxsize=4096)
def strength(name: str, meaning: str) -> Strength:
    """Return how clearly a column's name states ``meaning``, a key of :data:`NAMES`."""
    words, pieces = _WORDS[meaning], _without_aim(fold_name(_without_note(name)))
    if meaning == "response" and pieces[-1:] in _CITED and pieces[-2:-1] and pieces[-2] in _PLACES:
        return Strength.NONE
    if pieces[-1:] == ("sql",) and "".join(pieces[:-1]) in _SCHEMAS:
        pieces = pieces[:-1]
    if len(pieces) > 1 and (pieces[-1] in LANGUAGES or pieces[-1] in LANGUAGE_NAMES):
        pieces = pieces[:-1]
    if len(pieces) > 1:
        plain = tuple(piece for piece in pieces if meaning not in _FORMATTED.get(piece, ()))
        pieces = plain if len(plain) == len(pieces) - 1 else pieces
    if not pieces:
        return Strength.NONE
    if _is_one("".join(pieces), words):
        return Strength.WHOLE
    pieces = tuple(piece for piece in pieces if len(piece) > 1 or not piece.isascii())  # a single letter is not a word
    if not pieces:
        return Strength.NONE
    if _is_one(pieces[-1], words):
        return Strength.HEAD
    return Strength.WORD if any(_is_one(piece, words) for piece in pieces) else Strength.NONE


def _without_note(name: str) -> str:
    """Return a heading without the note in brackets at its end: ``Answer (as sent)`` is an answer."""
    before, bracket, note = name.rstrip().rpartition("(")
    return before if bracket and note.endswith(")") and before.strip() else name


def _without_aim(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name up to what is done with it: ``prompt to test`` is a prompt."""
    if len(pieces) > _AIM and pieces[-_AIM] == "to" and pieces[-1] in _DONE:
        pieces = pieces[:-_AIM]
    return (*pieces[:-2], "groundtruth") if pieces[-2:] == ("ground", "truth") else pieces


def is_name(name: str) -> bool:
    """Return whether a text, as a whole, is a column name of :data:`NAMES`."""
    return any(strength(name, meaning) is Strength.WHOLE for meaning in NAMES)


@lru_cache(maxsize=4096)
def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a column's name in English, without case, accents, digits and separators."""
    pieces = pieces_of(name)
    if not _RUN_TOGETHER.keys().isdisjoint(pieces):
        pieces = tuple(word for piece in pieces for word in _RUN_TOGETHER.get(piece, (piece,)))
    # The words of other languages are loaded for the first name that is not made of these.
    return pieces if _ENGLISH.issuperset(pieces) else translated(pieces)


def last_word(name: str) -> str:
    """Return the last word of a column's name as :func:`fold_name` writes it; empty for a name without words."""
    return "".join(fold_name(name)[-1:])


def _is_one(word: str, words: frozenset[str]) -> bool:
    return word in words or (word.isascii() and word.endswith("s") and len(word) > 2 and word[:-1] in words)
