"""Columns that mean something together: labels of tokens, several labels of a text, and options of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.names import CHOICE, CLASS, LABEL, RIGHT, has_word, is_about, named_as, stem
from datalint.shapes.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.side_keys import use_of
from datalint.support.column_names import Strength, fold_name, strength

#: Words of the names of tokens and of their tags.
_TOKENS: Final = frozenset(("tokens", "words", "token", "chars", "text", "sentence"))
_TAGS: Final = frozenset(
    (
        "tags",
        "tag",
        "labels",
        "label",
        "ner",
        "pos",
        "bio",
        "iob",
        "entities",
        "entity",
        "spans",
        "slots",
        "annotations",
    )
)
#: Distinct tags of a token that there are at most, and tokens of a row, on average, that there are at least.
_MOST_TAGS: Final = 200
_ROWS: Final = 50
#: Characters of a token, on average, at most.
_LONGEST: Final = 25
#: Columns of zeros and ones from which on they are the labels of a text together.
_LEAST_LABELS: Final = 3
#: Most keys that a response is joined of.
_MOST: Final = 40
#: Values that are taken from a text at least, and what they may be.
_LEAST_VALUES: Final = 4
_WORDS: Final = (Holds.TEXT, Holds.LABEL)
_VALUES: Final = (Holds.TEXT, Holds.LABEL, Holds.LIST, Holds.OTHER)
#: Share of distinct texts, and of values that are in their text, from which on they are taken from it.
_VARIED: Final = 0.5
#: Names of a claim, of what it is judged by, and of the verdict.
_CLAIMS: Final = (("claim",), ("claims",), ("claim", "text"))
_PROOFS: Final = (("evidence",), ("evidences",), ("evidence", "text"))
_JUDGED: Final = (("label",), ("verdict",), ("veracity",), ("gold", "label"))
#: The key of the instructions that a program checks.
_CHECKED: Final = "instruction_id_list"
#: Words of the names of shares that are no labels.
_SCORES: Final = (
    *("score", "scores", "confidence", "probability", "prob", "rating", "rank", "weight", "difficulty", "level"),
    *("similarity", "distance", "agreement", "index", "num", "number", "time", "perplexity", "loss"),
)
#: Share of rows that must have an object of labels, and of distinct values of one of them at most.
_FILLED: Final = 0.9
_FEW: Final = 0.2
#: Rows from which on places in a text are sure, the items of a place that is a list, and characters of its label.
_LEAST_SPANNED: Final = 2
_SPAN_ITEMS: Final = (3, 5)
_LONGEST_NAME: Final = 60
#: Words of the keys of the first and of the last place of a span.
_ENDS: Final = (
    frozenset("start begin offset from startoffset startpos".split()),
    frozenset("end stop to endoffset endpos finish".split()),
)
#: Words of the names of lists of the parts of a text, which are no labels.
_PARTS: Final = (
    *(
        "link",
        "links",
        "section",
        "sections",
        "paragraph",
        "paragraphs",
        "sentence",
        "sentences",
        "segment",
        "segments",
    ),
    *("chunk", "chunks", "turn", "turns", "token", "tokens", "word", "words", "line", "lines", "page", "pages"),
    *("answer", "answers", "citation", "citations"),
)
#: Names of lists of sentences.
_SENTENCES: Final = frozenset(("sentences", "sents", "tokens", "sentence"))
#: Words of the names of lists of which one item is chosen, and the items of a list of lines, on average, at least.
_CHOSEN_FROM: Final = (
    *(
        *CHOICE,
        "candidate",
        "candidates",
        "passages",
        "documents",
        "docs",
        "negatives",
        "samples",
        "answers",
        "replies",
    ),
    *("responses", "completions", "outputs", "generations", "steps", "turns", "urls", "images", "titles"),
)
_LEAST_LINES: Final = 3
_OPTIONS: Final = (*CHOICE, "candidates", "candidate", "选项", "選択肢", "보기", "opciones", "варианты")


def tagged(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about tokens and a tag for each, or a text and the tags of its tokens or its spans."""
    lists = [each for each in columns if each.holds in (Holds.LIST, Holds.OBJECT)]
    tags = [
        each
        for each in lists
        if not _TAGS.isdisjoint(fold_name(each.key)) or strength(each.key, "category") >= Strength.HEAD
    ]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if (found := _spanned(columns, rows) or _by_sentences(lists, rows)) is not None:
        return Guess.of(found, clear=len(rows) >= _LEAST_SPANNED, basis="values")
    for each in tags:
        alike = [other for other in lists if other is not each and _same_lengths(rows, each.key, other.key)]
        tokens = next((other for other in alike if not _TOKENS.isdisjoint(fold_name(other.key))), None)
        if tokens is None and alike and each.holds is Holds.LIST and not _TAGS & set(fold_name(alike[0].key)):
            tokens = alike[0]
        if tokens is None or not _are_tags(rows, each.key):
            continue
        if not _are_short(rows, tokens.key) and not (_are_lines(tokens, each, rows) and not texts):
            continue
        text = next((one for one in texts if strength(one.key, "text") or len(texts) == 1), None)
        found = {"prompt": (text or tokens).key, "labels": each.key}
        return Guess.of(found, clear=len(rows) >= 2, basis="values")
    if len(texts) == 1 and strength(texts[0].key, "text") >= Strength.HEAD:
        alone = [each for each in tags if _are_tags(rows, each.key) or _are_spans(rows, each.key)]
        others = [each for each in columns if each not in (*alone, texts[0]) and not is_about(each)]
        quiet = all(each.holds in (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER) for each in others)
        if len(alone) == 1 and quiet:
            return Guess.of({"prompt": texts[0].key, "labels": alone[0].key}, clear=True, basis="values")
    return None


def _spanned(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the text, and the list of the places in it with a label each, whatever else stands beside them.

    None where rows have a prompt or a response by their names, and where places are not within the text.
    """
    lists = [each for each in columns if each.holds is Holds.OBJECT and not has_word(each.key, _PARTS)]
    texts = [each for each in columns if each.holds is Holds.TEXT and (not is_about(each) or each.key in _TOKENS)]
    named = [each for each in texts if strength(each.key, "text") is Strength.WHOLE or each.key in _TOKENS]
    texts = named if len(named) == 1 else texts
    readable = (each for each in columns if each.holds in (Holds.TEXT, Holds.CHAT, Holds.LABEL) and each not in texts)
    if len(texts) != 1 or any(_is_stated(each) and not is_about(each) for each in readable):
        return None
    text = texts[0].key
    found = [(each, size) for each in lists if (size := _spans(rows, text, each))]
    if not found:
        return None
    # Of several, the one with a usual name; then the one with the most places.
    best = max(found, key=lambda pair: (not _TAGS.isdisjoint(fold_name(pair[0].key)), pair[1]))
    return {"prompt": text, "labels": best[0].key}


def _spans(rows: Sequence[Mapping[str, Any]], text: str, column: SampledColumn) -> int:
    """Return how many places in the text of their row a column's lists hold; 0 where they hold anything else."""
    size = 0
    labels: list[set[str]] = []
    for row in rows[:_ROWS]:
        whole = row.get(text)
        items = _items(row.get(column.key))
        if not items:
            continue
        if not isinstance(whole, str):
            return 0
        for item in items:
            place = _place(item)
            if place is None or not 0 <= place[0] <= place[1] <= len(whole) + 1:
                return 0
            size += 1
            labels.append(_names(item, whole[place[0] : place[1] + 1]))
    # The name of a label may be a part of the text by chance, such as "ID" of "IDAHO".
    if not size or sum(map(bool, labels)) < _FILLED * size:
        return 0
    # Places under a name that says nothing have few names, over and over.
    distinct = len(set().union(*labels))
    return size if not _TAGS.isdisjoint(fold_name(column.key)) or distinct <= max(2, size // 3) else 0


def _place(item: object) -> tuple[int, int] | None:
    """Return the first and the last place of a span; None for anything else."""
    if isinstance(item, dict):
        first, last = (next((v for k, v in item.items() if _is_place(v) and _has_end(k, ends)), None) for ends in _ENDS)
        return None if first is None or last is None else (first, last)
    if not isinstance(item, list) or not _SPAN_ITEMS[0] <= len(item) <= _SPAN_ITEMS[1]:
        return None
    numbers = [each for each in item if _is_place(each)]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def _has_end(key: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(fold_name(key))


def _is_place(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _names(item: object, covered: str) -> set[str]:
    """Return the texts of a span that are not those at its place."""
    values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return {each for each in flat if isinstance(each, str) and 0 < len(each) <= _LONGEST_NAME and each not in covered}


def _by_sentences(lists: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the sentences as lists of words, and the spans of each sentence, as DyGIE++ and PURE have them."""
    words = [each for each in lists if _SENTENCES & set(fold_name(each.key)) and _are_words(rows, each.key)]
    for each in lists:
        if len(words) != 1 or each in words or _TAGS.isdisjoint(fold_name(each.key)):
            continue
        spans = [item for row in rows[:_ROWS] for spans in _items(row.get(each.key)) for item in _items(spans)]
        if spans and all(map(_place, spans)) and _same_lengths(rows, words[0].key, each.key, least=1):
            return {"prompt": words[0].key, "labels": each.key}
    return None


def _are_words(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are lists of sentences, each a list of words."""
    values = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(values) and all(isinstance(each, list) and all(isinstance(one, str) for one in each) for each in values)


def _are_lines(lines: SampledColumn, tags: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether lists hold texts with a tag each: several in a row, and no options or answers to choose from."""
    if has_word(lines.key, _CHOSEN_FROM) or strength(lines.key, "response") or not _TAGS & set(fold_name(tags.key)):
        return False
    values = [each for row in rows[:_ROWS] for each in _items(row.get(lines.key))]
    return len(values) >= _LEAST_LINES * len(rows[:_ROWS]) and all(isinstance(each, str) for each in values)


def _same_lengths(rows: Sequence[Mapping[str, Any]], one: str, other: str, *, least: int = 2) -> bool:
    """Whether two lists have as many items in each row, in some rows ``least`` or more."""
    pairs = [(row.get(one), row.get(other)) for row in rows[:_ROWS]]
    lists = [(a, b) for a, b in pairs if isinstance(a, list) and isinstance(b, list)]
    return (
        bool(lists)
        and all(len(a) == len(b) for a, b in lists)
        and sum(len(a) for a, _ in lists) >= (least - 1) * len(lists) + 1
    )


def _are_short(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold words, and not sentences."""
    values = [str(each) for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(values) and sum(map(len, values)) <= _LONGEST * len(values)


def _are_tags(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold few different values, over and over."""
    values = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    if not values or not all(isinstance(each, str | int) for each in values):
        return False
    distinct = len(set(values))
    return distinct <= _MOST_TAGS and distinct <= max(2, len(values) // 3)


def _are_spans(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether lists hold places in a text: pairs of numbers with a name, or objects with a start and an end."""
    items = [each for row in rows[:_ROWS] for each in _items(row.get(key))]
    return bool(items) and all(_is_span(each) for each in items)


def _is_span(item: object) -> bool:
    if isinstance(item, dict):
        return sum(isinstance(each, int) and not isinstance(each, bool) for each in item.values()) >= 2
    return isinstance(item, list) and len(item) >= 3 and sum(isinstance(each, int) for each in item) >= 2


def _items(value: object) -> list[Any]:
    return value[:_ROWS] if isinstance(value, list) else []


def several_labels(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text with several labels, each a column of zeros and ones."""
    labels = [
        each
        for each in columns
        if (each.binary and not is_about(each)) or (_is_share(each) and not has_word(each.key, _SCORES))
    ]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    others = [each for each in columns if each not in labels and each.holds in (Holds.LABEL, Holds.NUMBER)]
    if sum(has_word(each.key, LABEL) for each in labels) == 1:
        return None  # the label, and what annotators or rules said
    # A share of those who gave a label is a label by a name that asks for it: ``is_hate``.
    alone = len(labels) == 1 and _is_share(labels[0]) and (_asks(labels[0]) or has_word(labels[0].key, CLASS))
    if len(texts) != 1 or not (alone or _LEAST_LABELS <= len(labels) <= _MOST) or rows < LEAST_ROWS:
        return None
    text = texts[0]
    named = strength(text.key, "text") or strength(text.key, "prompt")
    clear = bool(named) and text.distinct >= 0.5 and text.length > LONG and all(map(is_about, others))
    if not clear:
        return None
    return Guess.of(
        {"prompt": text.key, "response": JOIN.join(each.key for each in labels)}, clear=clear, basis="values"
    )


def _is_share(column: SampledColumn) -> bool:
    """Whether a column holds what share of people gave a label: few different numbers between 0 and 1."""
    return column.holds is Holds.NUMBER and column.share and column.distinct <= _FEW and not column.sparse


def _asks(column: SampledColumn) -> bool:
    return fold_name(column.key)[:1] in (("is",), ("has",))


def with_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, a list or an object of its options, and which one is right."""
    lists = [
        each
        for each in columns
        if each.holds in (Holds.LIST, Holds.OBJECT) and has_word(each.key, _OPTIONS) and not is_about(each)
    ]
    if len(lists) != 1:
        return None
    options = lists[0]
    rest = [each for each in columns if each is not options and not is_about(each)]
    rights = [each for each in rest if _is_key(each) and has_word("".join(fold_name(each.key)), RIGHT)]
    rights = rights or [each for each in named_as(rest, "response") if _is_key(each)]
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights]
    asked = [each for each in (*named_as(texts, "prompt"), *named_as(texts, "text"), *texts) if not each.code]
    if not rights and asked and len(rows) >= LEAST_ROWS and _is_open(rest, asked[0]):
        return Guess.of({"prompt": asked[0].key, "context": options.key}, clear=True, basis="values")
    if not rights or not asked:
        return None
    question = asked[0]
    name = stem(question.key)
    near = [
        each
        for each in texts
        if each is not question and (strength(each.key, "context") >= Strength.HEAD or stem(each.key) == name)
    ]
    context = JOIN.join(each.key for each in (*near, options))
    found = {"prompt": question.key, "context": context, "response": rights[0].key}
    return Guess.of(found, clear=True, basis="values")


def _is_open(columns: Sequence[SampledColumn], question: SampledColumn) -> bool:
    """Whether a question with options has no answer: all else sorts the rows, or holds facts about them."""
    facts = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
    others = [each for each in columns if each is not question and each.holds not in facts]
    return strength(question.key, "prompt") >= Strength.HEAD and all(map(_sorts, others))


def _sorts(column: SampledColumn) -> bool:
    """Whether a column of few values is a topic by its name, and no label."""
    group = any(strength(column.key, each) >= Strength.HEAD for each in ("group", "category"))
    return column.holds is Holds.LABEL and group and not has_word(column.key, CLASS)


def judged_claims(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a claim, the evidence that it is judged by, and the label of both, as FEVER has them."""
    claims = [each for each in columns if fold_name(each.key) in _CLAIMS and each.holds is Holds.TEXT]
    proofs = [each for each in columns if fold_name(each.key) in _PROOFS and each.holds in (Holds.TEXT, Holds.LIST)]
    labels = [each for each in columns if fold_name(each.key) in _JUDGED and each.holds in (Holds.LABEL, Holds.NUMBER)]
    if len(rows) < LEAST_ROWS or not len(claims) == len(proofs) == len(labels) == 1 or claims[0].distinct < _VARIED:
        return None
    label = labels[0].key
    found = {"prompt": claims[0].key, "context": proofs[0].key, "response": label, "category": label}
    return Guess.of(found, clear=not labels[0].sparse and labels[0].distinct <= 1 - _VARIED, basis="names")


def retrieved(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a query and the passage that answers it, as BEIR's rows have them."""
    texts = [each for each in columns if each.holds not in (Holds.NOTHING, Holds.REFERENCE) and not is_about(each)]
    queries = [each for each in texts if fold_name(each.key) == ("query",) and each.holds is Holds.TEXT]
    passages = [each for each in texts if fold_name(each.key) == ("text",) and each.holds is Holds.TEXT]
    others = [
        each for each in texts if each not in (*queries, *passages) and strength(each.key, "heading") < Strength.WHOLE
    ]
    if len(rows) < LEAST_ROWS or len(queries) != 1 or len(passages) != 1 or others:
        return None
    query, passage = queries[0], passages[0]
    if query.within or query.distinct < _VARIED or passage.length <= 2 * query.length:
        return None
    return Guess.of({"prompt": query.key, "response": passage.key}, clear=True, basis="names")


def verified(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about instructions that a program checks, as IFEval has them: nothing answers them."""
    if not any(each.key == _CHECKED and each.holds in (Holds.LIST, Holds.OBJECT) for each in columns):
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    asked = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    others = [each for each in texts if each not in asked]
    if len(asked) != 1 or any(_is_stated(each) for each in others):
        return None
    long = [each.key for each in others if each.length > LONG and not each.sparse and use_of(each.key) != "metadata"]
    context = {"context": JOIN.join(long)} if long else {}
    return Guess.of({"prompt": asked[0].key} | context, clear=len(rows) >= LEAST_ROWS, basis="names")


def classified_object(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, or an object of texts, and an object of labels: few values under each key."""
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    used = [each for each in used if use_of(each.key) != "metadata" or each.holds is Holds.TEXT]
    objects = [each for each in used if each.holds is Holds.OBJECT]
    labels = [each for each in objects if _are_labels(rows, each.key)]
    rest = [each for each in used if each not in labels]
    if len(rows) < LEAST_ROWS or len(labels) != 1 or len(rest) != 1 or rest[0].distinct < _VARIED:
        return None
    if not (rest[0].holds is Holds.TEXT and rest[0].length > LONG) and not _has_text(rows, rest[0].key):
        return None
    return Guess.of({"prompt": rest[0].key, "response": labels[0].key}, clear=True, basis="values")


def named_object(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and an object that is a label or a response by its name."""
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    texts = [each for each in used if each.holds is Holds.TEXT]
    named = [
        each
        for each in used
        if each.holds is Holds.OBJECT
        and not each.sparse
        and all(isinstance(row.get(each.key), dict) for row in rows)
        and any(strength(each.key, meaning) is Strength.WHOLE for meaning in ("category", "response"))
    ]
    if len(rows) < LEAST_ROWS or len(used) != 2 or len(texts) != 1 or len(named) != 1 or texts[0].distinct < _VARIED:
        return None
    return Guess.of({"prompt": texts[0].key, "response": named[0].key}, clear=True, basis="names")


def _are_labels(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are objects of short texts, numbers and flags, which are few over all rows under each key."""
    values = [row.get(key) for row in rows]
    objects = [each for each in values if isinstance(each, dict) and each]
    names = {name for each in objects for name in each}
    if len(objects) < _FILLED * len(rows) or not 0 < len(names) <= _MOST:
        return False
    for name in names:
        found = [each[name] for each in objects if name in each]
        words = [each for each in found if isinstance(each, str | int | None)]
        if len(words) < len(found) or any(isinstance(each, str) and len(each) > _LONGEST_NAME for each in words):
            return False
        if not 1 < len(set(map(str, words))) <= max(3, _FEW * len(objects)):
            return False
    return True


def _has_text(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether values are objects, each with a text of some length."""
    objects = [row.get(key) for row in rows]
    return all(
        isinstance(each, dict) and any(isinstance(item, str) and len(item) > LONG / 2 for item in each.values())
        for each in objects
    )


def extracted(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and an object of what is taken from it: most values are words of it."""
    filled = [each for each in columns if each.holds is not Holds.NOTHING and use_of(each.key) != "metadata"]
    used = [each for each in filled if each.holds is Holds.OBJECT or not is_about(each)]
    texts = [each for each in used if each.holds is Holds.TEXT and use_of(each.key) != "learned"]
    objects = [each for each in used if each.holds is Holds.OBJECT]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(objects) != 1 or len(used) > 2 or texts[0].length <= LONG:
        return None
    text, value = texts[0].key, objects[0].key
    clear = texts[0].distinct >= _VARIED and are_within(rows, text, (value,))
    return Guess.of({"prompt": text, "response": value}, clear=True, basis="values") if clear else None


def are_within(rows: Sequence[Mapping[str, Any]], text: str, keys: Sequence[str]) -> bool:
    """Whether half of the values under ``keys``, over rows, are in the text of their row, but for capitals."""
    found = size = 0
    for row in rows[:_ROWS]:
        whole = str(row.get(text)).casefold()
        values = [each.casefold() for key in keys for each in _scalars(row.get(key))]
        size += len(values)
        found += sum(each in whole for each in values)
    return size >= min(len(rows), LEAST_ROWS) // 2 and found >= _VARIED * size


def _scalars(value: object) -> list[str]:
    """Return the texts and numbers in a value, as deep as one list or object in another."""
    if isinstance(value, dict | list):
        items = list(value.values() if isinstance(value, dict) else value)[:_MOST]
        inner = [each for item in items if isinstance(item, dict | list) for each in _flat(item)]
        return [*(each for item in items if not isinstance(item, dict | list) for each in _scalars(item)), *inner]
    if isinstance(value, bool) or value is None or value == "":
        return []
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def _flat(value: dict[str, Any] | list[Any]) -> list[str]:
    items = list(value.values() if isinstance(value, dict) else value)[:_MOST]
    return [each for item in items if not isinstance(item, dict | list) for each in _scalars(item)]


def attributes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a long text and what is taken from it: short values under names of their own."""
    filled = [each for each in columns if each.holds is not Holds.NOTHING]
    texts = [each for each in filled if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    text = texts[0].key if texts else ""
    # What its name says is about the row may be taken from the text as well, such as a length in words.
    used = [
        each for each in filled if not is_about(each) or (each.holds in _WORDS and are_within(rows, text, (each.key,)))
    ]
    values = [each for each in used if each not in texts and each.holds in _VALUES]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(values) < _LEAST_VALUES or len(values) + 1 < len(used):
        return None
    if any(each.length > texts[0].length / _LEAST_LABELS for each in values) or any(map(_is_stated, used)):
        return None
    keys = [each.key for each in values[:_MOST]]
    clear = texts[0].distinct >= _VARIED and are_within(rows, texts[0].key, keys)
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(keys)}, clear=clear, basis="values")


def _is_stated(column: SampledColumn) -> bool:
    """Whether a column's name says what is learned, or asked."""
    return has_word(column.key, CLASS) or any(
        strength(column.key, each) >= Strength.HEAD for each in ("prompt", "response")
    )


def _is_key(column: SampledColumn) -> bool:
    """Whether a column may hold which option is right: a letter, a number, or the option itself."""
    return column.holds in (Holds.LABEL, Holds.NUMBER, Holds.LIST) or (column.holds is Holds.TEXT and column.short)
