"""The element of an XML file that repeats as rows do, and the command that writes each as a line of JSON."""

from __future__ import annotations

from collections import Counter
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A tag: whether it closes, its name, its attributes, and whether nothing is in it; with what is written after it.
_TAG: Final = lazy_pattern(rb"<(/?)([A-Za-z_][A-Za-z0-9_.-]{0,60})((?:\s[^<>]{0,4000}?)?)(/?)>([^<]{0,200})")
#: The value of an attribute, and the blanks of one that is a text of some words.
_VALUE: Final = lazy_pattern(rb"=[\"']([^\"'<>]{5,4000})[\"']")
_BLANKS: Final = 2
_NAMESPACE: Final = b"xmlns"
#: Elements at least, and those around them as a share of these.
_LEAST: Final = 2
_NEARLY_ALL: Final = 0.8
_ROWS: Final = (
    "import json, sys, xml.etree.ElementTree as E; "
    "[print(json.dumps({row})) for e in E.parse(sys.stdin.buffer).iter('{name}')]"
)
_CHILDREN: Final = "{**e.attrib, **{c.tag: ''.join(c.itertext()) for c in e}}"
_TEXT: Final = "{**e.attrib, 'text': ''.join(e.itertext())}"
#: Where elements without a text say something in attributes, such as labels and their places, these become objects.
_LABELS: Final = (
    "{**e.attrib, **{c.tag: ''.join(c.itertext()).strip() or [{k: int(v) if v.isdecimal() else v for k, v in "
    "d.items()} for s in e.findall(c.tag) for d in s.iter() if d.attrib] for c in e}}"
)


def conversion(head: bytes) -> tuple[str, str]:
    """Return the element that is a row in XML that begins with ``head``, and the program that writes it; else empty.

    It is the most frequent element with a text in an attribute or right below it, in an element of its own, or the one
    around it if each has one of them. If elements with a text are repeated in it, they are pieces of one text. Where no
    element has others in it, it is the most frequent one with attributes and a text of some words.
    """
    if _NAMESPACE in head:
        return "", ""
    rows: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    around: dict[str, str] = {}
    pieces: set[str] = set()
    leaves: Counter[str] = Counter()
    labelled: set[str] = set()
    stack: list[tuple[str, Counter[str]]] = []
    tags = _TAG.findall(head)
    for (closes, tag, attributes, empty, said), after in zip(tags, [*tags[1:], (b"",) * 5], strict=True):
        name = tag.decode("ascii")
        if not closes and b"=" in attributes and (empty or (not said.strip() and after[:2] == (b"/", tag))):
            labelled.update(each for each, _ in stack)
        if closes:
            while stack and stack.pop()[0] != name:
                pass
            continue
        if stack and not empty and said.strip():
            parent, children = stack[-1]
            children[name] += 1
            rows[parent] += children.total() == 1
            pieces |= {parent} if children[name] > 1 else set()
            leaves[name] += bool(attributes.strip()) and said.strip().count(b" ") >= _BLANKS
        if not empty:
            sizes[name] += 1
            around.setdefault(name, stack[-1][0] if stack else "")
            stack.append((name, Counter()))
            if any(value.count(b" ") >= _BLANKS for value in _VALUE.findall(attributes)):
                rows[name] += 1
                stack[-1][1][""] += 1
    found, count = max(rows.items(), key=lambda each: each[1], default=("", 0))
    if count < _LEAST:
        found, count = max(leaves.items(), key=lambda each: each[1], default=("", 0))
        return (found, _ROWS.replace("{row}", _TEXT).replace("{name}", found)) if count >= _LEAST else ("", "")
    while (outer := around[found]) and sizes[outer] >= max(_LEAST, _NEARLY_ALL * sizes[found]):
        found, pieces = outer, pieces - {outer}
    row = _TEXT if found in pieces else _LABELS if found in labelled else _CHILDREN
    return found, _ROWS.replace("{row}", row).replace("{name}", found)
