"""Pages of a site, articles, songs and parts of documents: a long text, with facts about where it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word, is_about, is_asked_or_learned
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Last words of the names of titles, and of texts below one in addition to those of texts.
_TITLES: Final = ("title", "headline", "heading", "song", "track")
_BODIES: Final = ("lyrics", "text", "page")
_CONTENTS: Final = ("content", "contents", "body")
_INNER: Final = (Holds.OBJECT, Holds.CHAT)
#: Words of keys of the author or publisher of a text, its date and its place.
_PUBLISHED: Final = tuple(
    """author authors writer writers poet artist artists singer band publication publisher outlet newspaper site website
    blog byline journalist date dates published time timestamp url link permalink year album feed section
    magazine journal domain""".split()
)
#: Words of keys of values that may be learned from such a text, or requested with its title.
_LEARNED: Final = ("summary", "abstract", "keywords", "keyphrases", "tldr", "highlights", "generated", "prompt")
#: Mean characters of a text at least, and how many times as long as its title it is.
_LONG: Final = 200
_LONGER: Final = 4
#: Names of the description and the text of an article from an interface of news, and words of others that it has.
_DESCRIPTION: Final = ("description",)
_CONTENT: Final = ("content",)
_OF_NEWS: Final = (("url", "link"), ("published", "publishedat", "pubdate", "date"))
#: Words of the names of what a program that reads sites writes next to a page, and of where on the site the page is.
_CRAWLED: Final = ("crawled", "crawl", "scraped", "scrape", "fetched", "indexed", "breadcrumb", "breadcrumbs")
#: Words of the names of the beginning of a page; a summary may be learned.
_BEGUN: Final = ("abstract", "lead", "intro", "excerpt", "snippet", "preview")
#: Words of the names of pages with their markup.
_MARKUP: Final = ("html", "markup", "xml")
#: Rows that are compared, the share of them in which a page begins with its abstract, and the characters of it.
_ROWS: Final = 50
_MANY: Final = 0.5
_BEGINNING: Final = 60
#: Words of keys of the numbers of a document's parts, words of the keys of identifiers of documents, and last ones.
_CHUNKS: Final = ("chunk", "chunks")
_DOCUMENTS: Final = frozenset(("doc", "document", "article", "page"))
_IDS: Final = (("id",), ("no",), ("number",), ("uuid",))
#: The share of documents with an identifier of their own, mean characters of a document, and the last word of the keys
#: of names of what it is about.
_OWN: Final = 0.9
_DOCUMENT: Final = 500
_NAMES: Final = ("name", "names")


def page_and_title(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text below its title, all of which is learned; None if anything else may be meant.

    Other columns say who published the text, when or where, and one of them does. Without any, the title may as well
    be what the text was written for.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not _is_published(each) and not is_about(each)]
    titles = [each for each in texts if last_word(each.key) in _TITLES]
    described = _described(columns, texts)
    texts = [each for each in texts if each not in described]
    bodies = [each for each in texts if each not in titles and _is_body(each)]
    if len(rows) < LEAST_ROWS or len(titles) != 1 or len(bodies) != 1 or len(texts) > 2:
        return None
    title, body = titles[0], bodies[0]
    least = 0 if described else max(_LONG, _LONGER * title.length)
    if body.length < max(least, title.length) or body.distinct < VARIED or body.asks or body.code:
        return None
    known = (title, body, *described)
    others = [each for each in columns if each not in known and each.holds not in (Holds.NOTHING, Holds.OTHER)]
    # What pages are tagged with may be learned as well.
    tags = [each for each in others if fold_name(each.key)[-1:] in (("tag",), ("tags",)) and not each.short]
    others = [each for each in others if each not in tags]
    if not all(map(_is_fact, others)) or not any(map(_is_published, others)):
        return None
    if any(has_word(each.key, _LEARNED) for each in (title, body, *others)):
        return None
    return Guess.of({"text": body.key}, clear=not tags, basis="names")


def _described(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the descriptions of articles as interfaces of news have them: with a link, a time and a ``content``.

    What they have of the text may be its beginning alone, of any length.
    """
    found = [each for each in texts if fold_name(each.key) == _DESCRIPTION]
    contents = any(fold_name(each.key) == _CONTENT for each in texts)
    given = all(any(has_word(each.key, names) for each in columns) for names in _OF_NEWS)
    return found if contents and given else []


def retrieved_pages(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about pages to be found and read: a long text with its title, and its beginning as an abstract.

    Or what a program that reads sites wrote next to it. Without that, a category may be learned, so that the text alone
    is only proposed.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    bodies = [each for each in texts if has_word(each.key, _CONTENTS) and not has_word(each.key, _MARKUP)]
    titles = [each for each in texts if last_word(each.key) in _TITLES]
    if len(rows) < LEAST_ROWS or len(bodies) != 1 or len(titles) != 1:
        return None
    body, title = bodies[0], titles[0]
    if body.length < max(_LONG, _LONGER * title.length) or body.distinct < VARIED or body.asks or body.code:
        return None
    crawled = [each for each in columns if has_word(each.key, _CRAWLED)]
    begun = [each for each in texts if has_word(each.key, _BEGUN) and _begins(rows, each.key, body.key)]
    known = (body, title, *crawled, *begun)
    markup = [each for each in texts if has_word(each.key, _MARKUP)]
    others = [each for each in texts if each not in (*known, *markup) and not (_is_published(each) or _sorts(each))]
    if others or not (crawled or begun) or any(each.holds in _INNER for each in columns):
        return None
    rest = [each for each in columns if each not in (*known, *markup)]
    if any(is_class(each) or (is_asked_or_learned(each) and not is_about(each)) for each in rest):
        return None
    sorted_by = any(strength(each.key, "category") >= Strength.HEAD for each in rest)
    return Guess.of({"text": body.key}, clear=bool(crawled) or not sorted_by, basis="names")


def _begins(rows: Sequence[Mapping[str, Any]], part: str, whole: str) -> bool:
    """Whether most texts under one key are, as far as they are compared, how those under another one begin."""
    pairs = [(row.get(part), row.get(whole)) for row in rows[:_ROWS]]
    texts = [(_line(one), _line(other)) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    begun = sum(len(one) >= _BEGINNING and other.startswith(one[:_BEGINNING]) for one, other in texts)
    return begun >= _MANY * max(len(pairs), 1)


def _line(text: str) -> str:
    """Return the beginning of a text on one line."""
    return " ".join(text[:_LONG].split())


def _sorts(column: SampledColumn) -> bool:
    """Whether a column sorts pages by its name, such as a subcategory with one for each of them."""
    return column.length < _LONG and any(strength(column.key, each) >= Strength.HEAD for each in ("category", "group"))


def document_chunks(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the parts of documents, each with its number or place, as searches have them.

    Their texts are plain texts, unless anything is asked or learned of them by its name.
    """
    if len(rows) < LEAST_ROWS or not any(has_word(each.key, _CHUNKS) and each.holds in FACTS for each in columns):
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length >= _LONG and not is_about(each)]
    if len(texts) != 1 or not _is_body(texts[0]) or texts[0].distinct < VARIED:
        return None
    others = [each for each in columns if each is not texts[0] and each.holds is not Holds.NOTHING]
    learned = (is_asked_or_learned(each) or is_class(each) or has_word(each.key, _LEARNED) for each in others)
    return None if any(learned) else Guess.of({"text": texts[0].key}, clear=True, basis="names")


def documents(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the documents of a corpus: each a long text with an identifier of its own, and facts.

    Facts are names, languages, and groups such as a domain. A class may be learned, and so may a second text.
    """
    if len(rows) < LEAST_ROWS or not any(_identifies_document(each) for each in columns):
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.short and not is_about(each)]
    if len(texts) != 1 or not _is_body(texts[0]) or texts[0].length < _DOCUMENT or texts[0].distinct < VARIED:
        return None
    others = [each for each in columns if each is not texts[0] and each.holds is not Holds.NOTHING]
    return Guess.of({"text": texts[0].key}, clear=True, basis="names") if all(map(_is_fact_or_group, others)) else None


def _identifies_document(column: SampledColumn) -> bool:
    """Whether a column has another value for each document, and is named as the identifier of documents."""
    words = fold_name(column.key)
    named = words == ("docid",) or (words[-1:] in _IDS and not _DOCUMENTS.isdisjoint(words))
    return named and column.distinct >= _OWN


def _is_fact_or_group(column: SampledColumn) -> bool:
    """Whether a column says something about a document, or which group it is in, and is no class that is learned."""
    if is_class(column) or has_word(column.key, _LEARNED) or (is_asked_or_learned(column) and not is_about(column)):
        return False
    if strength(column.key, "category") >= Strength.HEAD or column.holds in (Holds.LIST, Holds.OBJECT, Holds.CHAT):
        return False
    named = last_word(column.key) in _NAMES
    return column.holds in FACTS or is_about(column) or named or strength(column.key, "group") is Strength.WHOLE


def _is_body(column: SampledColumn) -> bool:
    return strength(column.key, "text") >= Strength.HEAD or last_word(column.key) in _BODIES


def _is_published(column: SampledColumn) -> bool:
    """Whether a column holds the publisher, the date or the place of a text, by its name."""
    return has_word(column.key, _PUBLISHED) and column.length < _LONG


def _is_fact(column: SampledColumn) -> bool:
    """Whether a column says something about a text, and is no label of it."""
    if is_class(column) or (is_asked_or_learned(column) and not is_about(column)):
        return False
    if strength(column.key, "category") >= Strength.HEAD and not _is_published(column):
        return False
    facts = column.holds in FACTS or is_about(column) or _is_published(column)
    return facts or (column.holds is Holds.LIST and use_of(column.key) == "metadata")
