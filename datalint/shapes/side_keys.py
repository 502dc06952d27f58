"""Use of the keys next to a row's turns: further texts to read or to learn, or metadata of the row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

from datalint.support.names.language_codes import LANGUAGES
from datalint.support.remarks import is_canary_key

Use = Literal["context", "learned", "metadata", "unknown"]

#: Keys whose text or list belongs to the prompt, as they are written; the first ones come first.
CONTEXT: Final = (
    "input", "context", "contexts", "passage", "passages", "document", "documents", "article", "paragraph",
    "paragraphs", "sentence", "sentences", "story", "narrative", "puzzle",
    "background", "evidence", "facts", "knowledge", "Body", "body",
    "pre_text", "table", "post_text",
    "schema", "schema_prompt", "ddl", "create_table", "table_schema", "db_schema", "sql_context",
    "hypothesis", "premise",
    "persona", "personas", "personality", "backstory", "scenario", "situation", "options", "choices",
    "Options", "Choices", "Context", "Passage",
    "retrieved_contexts", "retrieved_context", "retrieved_documents", "retrieved_docs", "retrieved_chunks",
    "reference_contexts",
)  # fmt: skip
#: Words of a key that the model reads.
_READ: Final = frozenset(
    """context contexts passage passages document documents doc docs article articles paragraph paragraphs story
    background evidence fact facts knowledge table tables schema ddl option options choice choices candidate candidates
    image images img imgs picture pictures photo photos pic pics screenshot screenshots audio audios wav waveform
    video videos media persona personas personality profile scenario
    situation history dialogue dialog premise hypothesis sentence sentences body title abstract content code input
    inputs demonstration demonstrations shot tool tools function functions api apis system instruction instructions
    prompt prompts question questions query description constraint constraints chart figure html caption hint
    observation memory premises a b c d e opa opb opc opd""".split()
)
#: Words of keys of texts that are learned in addition to the response, or by which it is judged.
_LEARNED: Final = frozenset(
    """explanation explanations rationale rationales reason reasoning thought thoughts thinking cot solution solutions
    exp answer answers response responses output outputs completion completions generation generations prediction target
    targets label labels reference references gold truth reward rewards rubric rubrics verification expected test tests
    verifier verifiers corrected reflection critique critiques revision summary translation chosen rejected correct text
    messages conversation conversations equation start trap traps""".split()
)
#: Last words of keys of metadata.
_ABOUT: Final = frozenset(
    """qid docid pid
    id ids idx index uuid guid uid url urls uri link links source sources src split subset category categories domain
    topic topics subject genre skill skills task tasks type kind level difficulty lang langs language languages locale
    license licence date time timestamp created updated at author annotator worker user username reviewer reviewed
    verified approved status quality score scores rating ratings rank votes upvotes confidence probability perplexity
    length len count num number tokens n version model generator engine temperature seed hash md5 sha sha256 checksum
    path file filename dataset origin provenance collection tag tags keywords meta metadata notes note comment comments
    flag flags name ability department kwargs intent class unnamed row line weight created_at label datalint""".split()
)
#: Words of keys of images and recordings, before a word for their place.
MEDIA: Final = frozenset(
    """image images img imgs picture pictures photo photos pic pics screenshot screenshots video videos audio audios wav
    waveform clip frame bild bilder foto fotos imagem imagens imagen imagenes immagine immagini gambar resim obraz
    图片 图像 圖片 画像 写真 이미지 사진 изображение картинка фото""".split()
)
#: Words of keys of a picture of the writer, with or without a word for pictures. A picture from a user is read, except
#: under the key of reviews in app stores.
_PORTRAITS: Final = frozenset(("avatar", "avatars", "userpic"))
_WRITERS: Final = frozenset(("profile", "author", "reviewer"))
_OF_REVIEWS: Final = "userImage"
_PLACES: Final = frozenset(
    """id ids name names path paths file files filename filenames filepath url urls uri uris link links bytes base64
    b64""".split()
)
#: Words of keys of files, of which only the values say whether they are media.
_FILES: Final = frozenset(
    "path paths file files filename filenames filepath arquivo archivo datei dateiname fichier".split()
)
#: The end of the name of a file that is an image or a recording.
_FILE: Final = (
    r"(?i).{1,1000}\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|heic|avif|mp4|webm|mov|avi|mkv|wav|mp3|flac|ogg|m4a|opus)"
    r"(?:[?#]\S{0,500})?"
)
_ENCODED: Final = r"data:(?:image|audio|video)/|[A-Za-z0-9+/]{200}"
#: Keys of an image as datasets write it, and items of a list that are looked at.
_BYTES: Final = frozenset(("bytes", "path"))
_FEW: Final = 8
_JUDGING: Final = frozenset(("label", "labels", "rubric", "rubrics"))
#: Last words of keys of the system that wrote an answer, and first words of keys of how the answer was judged.
_SYSTEMS: Final = frozenset(("arm", "model", "system", "candidate", "variant", "run", "pipeline"))
#: First and last words of keys of one of several runs of a model over the same questions, words of keys of what it
#: wrote there, and those that need no word for the model.
_RUNS: Final = frozenset(
    "run runs trial track seed temperature condition system arm model config checkpoint epoch".split()
)
_WRITTEN: Final = frozenset(
    "answer answers output outputs response responses completion completions generation generations".split()
)
_UNCLEAR: Final = frozenset("output outputs response completion".split())
_RIGHT: Final = (["answer"], ["answers"], ["expected"], ["target"], ["label"])
_OF_MODEL: Final = frozenset("model predicted pred generated llm candidate system".split())
_PREDICTED: Final = _UNCLEAR | frozenset("prediction predictions pred preds predicted".split())
#: First and last words of keys of the right answer.
_REFERENCES: Final = frozenset(("gold", "golden", "reference", "ref", "groundtruth"))
_VERDICTS: Final = frozenset(("judge", "judged", "human", "grader"))
#: Words before ``context`` in keys of the technical data of a request, which no model reads.
_TECHNICAL: Final = frozenset("client device request session browser app runtime trace".split())
#: Words of keys of the name of a database, words after these, and words of keys of its contents.
_DATABASES: Final = frozenset(("db", "database", "dbid", "dbname"))
_NAMES_OF: Final = frozenset(("id", "name"))
_TABLES: Final = frozenset(("schema", "table"))
_CONTENTS: Final = frozenset("schema ddl table tables create context input".split())
#: Keys of the texts before and after a table.
_AROUND: Final = frozenset(("pre_text", "post_text"))
_EXTRA: Final = frozenset(("info", "extra", "extra_info", "additional_info"))
#: Classes within others.
_CLASSES: Final = "(?:sub|super)(?:categor(?:y|ies)|topics?|domains?|genres?|tasks?|types?|class(?:es)?|areas?|fields?)"
#: Last words of keys of the version of an example, and first words of the key of the example, before ``id``.
_LEVELS: Final = frozenset(("level", "variant", "perturbation"))
_EXAMPLES: Final = frozenset(
    "example instance item question problem task seed base source original orig parent group prompt instruction".split()
)
_FIRST_ABOUT: Final = frozenset(("is", "has", "num", "n", "unnamed"))
_WORD: Final = r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^\W_A-Za-z0-9]+"
_LONGEST: Final = 60


#: Words of keys that say which of two is the better one.
_PAIRS: Final = (("good", "bad"), ("chosen", "rejected"), ("better", "worse"), ("win", "lose"), ("best", "worst"))


def prefer_media(keys: Iterable[str]) -> bool:
    """Return whether two keys name a better and a worse image or recording."""
    named = [frozenset(map(str.lower, re.findall(_WORD, key))) for key in keys if len(key) <= _LONGEST]
    media = {words for words in named if not MEDIA.isdisjoint(words)}
    return any(good in words and (words - {good}) | {bad} in media for words in media for good, bad in _PAIRS)


@lru_cache(maxsize=4096)
def names_media(key: str) -> bool:
    """Return whether a key may hold an image, a recording, or the file of one, by its name: ``img``, ``file_name``."""
    words = {word.lower() for word in re.findall(_WORD, key)} if len(key) <= _LONGEST else set()
    return words <= MEDIA | _PLACES | _FILES and not words.isdisjoint(MEDIA | _FILES)


def is_media(value: object) -> bool:
    """Return whether a value is an image or a recording: the name of its file, its bytes, or an object of both."""
    if isinstance(value, str):
        return re.fullmatch(_FILE, value) is not None or re.match(_ENCODED, value) is not None
    if isinstance(value, list):
        return bool(value) and all(map(is_media, value[:_FEW]))
    return isinstance(value, bytes) or (isinstance(value, dict) and not _BYTES.isdisjoint(value))


def judges(key: str) -> bool:
    """Return whether a key names labels or rubrics of a response, such as ``error_labels``."""
    return not _JUDGING.isdisjoint(word.lower() for word in re.findall(_WORD, key[:_LONGEST]))


def compared_systems(keys: Iterable[str], unread: Sequence[tuple[str, Use]] = ()) -> list[str]:
    """Return the keys of the system that wrote an answer, if other keys have the judgement of the answer.

    A reference among the ``unread`` keys that are learned shows that the answer is to be judged. In rows with a
    reference and the answer of a model, keys of its run count too, and so does the answer if it is not read.
    """
    words = {key: [word.lower() for word in re.findall(_WORD, key)] for key in keys if len(key) <= _LONGEST}
    if _are_results(words):
        written = [key for key, _ in unread if _is_written(words.get(key, []))]
        return [key for key, some in words.items() if names_system(key) or _names_run(some) or key in written]
    judged = any(len(some) > 1 and some[0] in _VERDICTS for some in words.values())
    if not judged and not any(use == "learned" and is_reference(key) for key, use in unread):
        return []
    return [key for key in words if names_system(key)]


def _are_results(words: Mapping[str, list[str]]) -> bool:
    """Return whether keys are those of the answer of a model under test and of the right answer."""
    written = [some for some in words.values() if _is_written(some)]
    if not written:
        return False
    # An answer next to an "output" may be either.
    right = any(some[-1:] in _RIGHT and some not in written for some in words.values())
    return any(map(is_reference, words)) or (right and any(some[0] not in _UNCLEAR for some in written))


def _names_run(words: list[str]) -> bool:
    return bool(words) and not _RUNS.isdisjoint((words[0], words[-1]))


def _is_written(words: list[str]) -> bool:
    """Return whether a key names what a model under test wrote: ``prediction``, ``model_answer``."""
    if len(words) == 1:
        return words[0] in _PREDICTED
    return bool(words) and words[0] in _OF_MODEL and words[-1] in _WRITTEN


def version_keys(keys: Iterable[str]) -> list[str]:
    """Return the keys of the version of an example, such as ``level``, in rows with the id of the example they are of.

    Each level of a benchmark adds a constraint to the same instruction.
    """
    words = {key: [word.lower() for word in re.findall(_WORD, key)] for key in keys if len(key) <= _LONGEST}
    if not any(len(some) == 2 and some[0] in _EXAMPLES and some[1] == "id" for some in words.values()):
        return []
    return [key for key, some in words.items() if some and some[-1] in _LEVELS]


def databases(keys: Iterable[str]) -> list[str]:
    """Return the keys of the name of the database or table of a question, in rows without the contents of it.

    Whoever uses such rows gives the model the tables of the database, though they are in another file.
    """
    words = {key: [word.lower() for word in re.findall(_WORD, key)] for key in keys if len(key) <= _LONGEST}
    named = [key for key, some in words.items() if some and _names_database(some)]
    stated = (some for some in words.values() if _NAMES_OF.isdisjoint(some[-1:]))
    return [] if named and not _CONTENTS.isdisjoint(word for some in stated for word in some) else named


def _names_database(words: list[str]) -> bool:
    """Whether a key is that of a database's or table's name: ``db``, ``table_id``, ``schema_name``; no ``schema``."""
    first, *more = words
    return _NAMES_OF.issuperset(more) and (first in _DATABASES or (first in _TABLES and bool(more)))


@lru_cache(maxsize=4096)
def names_system(key: str) -> bool:
    """Return whether a key names the system that wrote an answer, such as ``model`` or ``system_name``."""
    words = [word.lower() for word in re.findall(_WORD, key)] if len(key) <= _LONGEST else []
    return bool(words) and not _SYSTEMS.isdisjoint((words[0], words[-1]))


@lru_cache(maxsize=4096)
def is_reference(key: str) -> bool:
    """Return whether a key names the right answer, by which others are judged: ``gold``, ``reference_translation``."""
    words = [word.lower() for word in re.findall(_WORD, key)] if len(key) <= _LONGEST else []
    if not words or words[-1] in _ABOUT:
        return False
    return not _REFERENCES.isdisjoint((words[0], words[-1])) or words[:2] == ["ground", "truth"]


@lru_cache(maxsize=4096)
def is_technical(key: str) -> bool:
    """Return whether a key names technical data of a request or its sender: ``client_context``."""
    words = [word.lower() for word in re.findall(_WORD, key[:_LONGEST])]
    return len(words) > 1 and words[-1] == "context" and words[-2] in _TECHNICAL


def _is_about(word: str) -> bool:
    """Return whether a word of a key names metadata of the row, such as its class: ``subcategory``."""
    return word in _ABOUT or re.fullmatch(_CLASSES, word) is not None


#: Words before the number or letter of one of several references.
_SEVERAL: Final = frozenset(("ref", "reference"))
#: Words before the number of one of several people who gave a label.
_PEOPLE: Final = frozenset("rater annotator ann annot coder judge reviewer expert worker labeler labeller".split())


@lru_cache(maxsize=4096)
def use_of(key: str, *, translating: bool = True) -> Use:
    """Return the use of a key next to a row's turns by its name, in English or, if ``translating``, other languages."""
    words = [word.lower() for word in re.findall(_WORD, key[:_LONGEST])]
    if not words or len(key) > _LONGEST:
        return "metadata" if len(key) <= _LONGEST else "unknown"
    if len(words) > 1 and words[-1] in LANGUAGES:
        words.pop()
    if is_technical(key) or is_canary_key(key):
        return "metadata"
    if key == _OF_REVIEWS or not _PORTRAITS.isdisjoint(words):
        return "metadata"
    if not MEDIA.isdisjoint(words) and not _WRITERS.isdisjoint(words):
        return "metadata"
    if key in _AROUND or (words[-1] in _PLACES and not MEDIA.isdisjoint(words[:-1])):
        return "context"  # the model sees it
    if key in _EXTRA or _is_about(words[-1]) or words[0] in _FIRST_ABOUT or words[-1].isdigit():
        return "metadata"
    if words[-1][-1:].isdigit() and words[-1].rstrip("0123456789") in _SEVERAL | _PEOPLE:
        return "metadata"
    if len(words[-1]) == 1 and words[-2:-1] and words[-2] in _SEVERAL | _PEOPLE:
        return "metadata"  # one of several, as a number at the end says too
    if not _LEARNED.isdisjoint(words):
        return "learned"
    if not _READ.isdisjoint(words):
        return "context"
    from datalint.support.names.translated_names import pieces_of, translated

    own = pieces_of(key)
    english = translated(own)
    return "unknown" if not translating or english == own else use_of("_".join(english), translating=False)
