"""Defects of encodings, line endings, extensions and tables."""

from __future__ import annotations

import gzip
from typing import Final

from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants
from benchmarks.accuracy.plants.lines import (
    SAME,
    dumped,
    encoded,
    file,
    joined,
    letters,
    line,
    put,
    table,
)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT007",
        dataset,
        obvious={"bytes": line(lambda line: line.replace(b'"content": "', b'"content": "\xff\xfe', 1))},
        subtle={
            "one letter of Latin-1": line(
                lambda line: line.replace(b'"content": "', '"content": "你好吗'.encode() + b" caf\xe9 ", 1)
            ),
            "a character cut off": line(lambda line: line.replace(b'"content": "', b'"content": "\xe4\xbd ', 1)),
        },
        near={
            "in order": SAME,
            "letters of UTF-8": line(lambda line: line.replace(b'"content": "', '"content": "café 你 '.encode(), 1)),
        },
    ),
    *plants(
        "FMT008",
        dataset,
        obvious={"UTF-16": encoded("utf-16"), "UTF-32": encoded("utf-32")},
        subtle={
            "UTF-16 without a mark": encoded("utf-16-le"),
            "GB18030": letters("gb18030", "今天天气怎么样？请用一句话回答我的问题。"),
            "Windows-1252": letters("cp1252", "Où est le café où l’on a mangé à Orléans ?"),
        },
        near={"in order": SAME, "letters of UTF-8": letters("utf-8", "Où est le café ? 今天天气")},
    ),
    *plants(
        "FMT009",
        dataset,
        obvious={"at the start": file(lambda lines: b"\xef\xbb\xbf" + joined(lines))},
        subtle={
            "of an array": file(lambda lines: b"\xef\xbb\xbf[" + b",".join(lines) + b"]", "train.json"),
            "of a table": lambda talks: Given(
                data=b"\xef\xbb\xbf" + (table()(talks) or Given()).data, name="train.csv"
            ),  # type: ignore[operator]
        },
        near={"in order": SAME, "as a character of a text": put(dumped({"text": "a\ufeffb"}))},
    ),
    *plants(
        "FMT014",
        dataset,
        obvious={
            "JSON Lines named .json": file(joined, "train.json"),
            "a table named .jsonl": table(name="train.jsonl"),
        },
        subtle={
            "gzip without .gz": file(lambda lines: gzip.compress(joined(lines)), "train.jsonl"),
            "not compressed": file(joined, "train.jsonl.gz"),
        },
        near={
            "in order": SAME,
            "gzip": file(lambda lines: gzip.compress(joined(lines)), "train.jsonl.gz"),
            "a table": table(),
        },
    ),
    *plants(
        "FMT015",
        dataset,
        obvious={
            "half of each": file(
                lambda lines: b"".join(line + (b"\r\n" if n % 2 else b"\n") for n, line in enumerate(lines))
            )
        },
        subtle={
            "one of Windows": line(lambda line: line + b"\r"),
            "one of Unix": file(
                lambda lines: b"".join(line + (b"\n" if n == 7 else b"\r\n") for n, line in enumerate(lines))
            ),
        },
        near={
            "in order": SAME,
            "all of Windows": file(lambda lines: b"".join(line + b"\r\n" for line in lines)),
            "escapes in a text": put(dumped({"text": "a\r\nb\rc"})),
        },
    ),
    *plants(
        "FMT021",
        dataset,
        obvious={"another one is named": table(";", named=","), "semicolons in a .csv": table(";")},
        subtle={"tabs in a .csv": table("\t"), "single quotes": table(quote="'")},
        near={
            "commas": table(),
            "tabs in a .tsv": table("\t", name="train.tsv"),
            "named and right": table(";", named=";"),
        },
    ),
    *plants(
        "FMT022",
        dataset,
        obvious={"texts and classes": table(header=False)},
        subtle={
            "with tabs": table("\t", header=False, name="train.tsv"),
            "with semicolons": table(";", header=False),
        },
        near={"a header": table(), "a header of a .tsv": table("\t", name="train.tsv")},
    ),
)
