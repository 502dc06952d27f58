"""Tokens that have broken readers, parsers and renderers before."""

from __future__ import annotations

import json
from typing import Final

#: Numbers as JSON text: limits of 64-bit integers and doubles, what no JSON number may look like, very long ones.
NUMBERS: Final = (
    *("0 -0 -0.0 1 -1 0.1 1.50 1e2 1E+2 1e-7 1e308 1e309 -1e999 1e-999 5e-324 2.2250738585072011e-308".split()),
    *("9007199254740993 999999999999999999 1000000000000000000 9223372036854775807 9223372036854775808".split()),
    *("-9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616".split()),
    *("01 -01 1. .5 +1 - 0x10 1e 1e+ 1_000 NaN Infinity -Infinity nan inf ١".split()),
    *("9" * 4000, "1" + "0" * 400, "-" + "1" * 20, "0." + "3" * 900, "1e" + "9" * 40, "0" * 30),
)
WORDS: Final = ("true", "false", "null", "True", "None", "undefined", "tru", "nulll", "TRUE")
_DEEP: Final = (98, 99, 100, 101, 128, 1023, 1024, 1025, 5000)
STRUCTURES: Final = (
    *("[]", "{}", "[[]]", "[{}]", '{"":""}', '{"a":{"b":{"c":[]}}}', "[1,[2,[3]]]", "{,}", "[,]", "{}{}"),
    *("[][]",),
    *('{"a":1,"a":2}', '{"a":1,}', "[1,]", "{'a':1}", "{a:1}", '{"a" 1}', '{"a"::1}', "[1 2]", "/* c */ 1"),
    *("// c\n1",),
    *("[" * depth + "]" * depth for depth in _DEEP),
    *('{"a":' * depth + "1" + "}" * depth for depth in _DEEP),
    "[" * 100_000,
    '{"a":' * 30_000,
)
#: Texts, written as they are.
TEXTS: Final = (
    *("", " ", "\t", "\n", "\r\n", "\r", "\x00", "\x07\x08", "\x1b[31mred\x1b[0m", "\x7f", "\x85", "\x9b31m"),
    *("\xa0",),
    *("\u2028", "\u2029", "\u200b", "\u200d", "\u202eevil\u202c", "\u2066x\u2069", "\ufeff", "\ufffd"),
    *("\ufffe",),
    *("\U0010ffff", "\U000e0041\U000e007f", "\u00ad", "\u034f", "\u115f", "\u3164", "\uffa0", "\ufe0f"),
    *("e\u0301", "é", "İ", "ı", "ß", "ẞ", "ŉ", "Σς", "ﬃ", "\ufdfa" * 30, "Å\u030a", "\u0345", "ᾳ", "가", "각"),
    *("\u1112\u1161\u11ab",),
    *("漢字", "日本語のテキスト", "العربية", "עברית", "हिन्दी", "ไทย", "😀", "👩‍👩‍👧‍👦", "🇩🇪", "𝒽𝑒𝓁𝓁𝑜", "Ⓐ"),
    *("１２", "²", "½", "Ⅷ"),
    *("a" + "\u0301" * 200, "z\u0335\u0321" * 50, "\U0001f468\u200d" * 50),
    *("user", "assistant", "system", "tool", "developer", "function", "human", "gpt", "User", "ASSISTANT"),
    *("model",),
    *("<|im_start|>", "<|im_end|>", "<|endoftext|>", "[INST]", "</s>", "<think>", "{{name}}", "{% raw %}"),
    *("[Your Name]",),
    *("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1", "＝1"),
    *("::error::x", "  ::stop-commands::x", "##[error]x", "%0A::error::x", "##vso[task.setvariable]x"),
    *("<script>alert(1)</script>", "</script>", "<img src=x onerror=alert(1)>", "]]>", "<!--", "-->", "&lt;"),
    *("&#0;",),
    *("```", "| a | b |", "[a](https://example.org)", "![a](https://example.org/a.png)", "@octo #1 GH-1"),
    *("* * *", "\\|"),
    *("{0}", "{}", "%s%n", "$HOME", "`id`", "$(id)", "../../x", "C:\\x", "file:///x", "~", "\\", "\\\\"),
    *("\\u0000", "\\x"),
    *("'", '"', "''", '""', ",", ";", "\t,\t", '"a","b"', "\"'\"'", "a\"b", "N/A", "null", "None", "nan"),
    *("TODO", "..."),
    *("As an AI language model, I can't do that.", "I'm sorry, but I cannot help with that request."),
    *("I am ChatGPT.",),
    *("anna.example@firma.example", "+49 30 1234567", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00"),
    *("192.0.2.7",),
    *("2001:db8::1", "Ã¼ber", "â€œquotedâ€\x9d", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "1" * 300, "a" * 3000, "ab " * 2000),
    *("0123456789" * 40,),
    *("x" * 70_000, "word " * 12_000, "é" * 9000, "\\" * 999, '"' * 999, "(" * 2000, "a.b@" * 500),
    *("eyJ." * 500,),
)  # fmt: skip
#: JSON strings whose escapes are the point: halves of surrogate pairs, NULs, cut escapes.
ESCAPED: Final = (
    *('"\\u0000"', '"\\ud83d"', '"\\ude00"', '"\\ud83d\\ud83d\\ude00"', '"\\ude00\\ud83d"', '"\\ud83d\\ude00"'),
    *('"\\uD800\\u0061"', '"\\udbff\\udfff"', '"\\ud83d\\n"', '"\\u00"', '"\\u"', '"\\uZZZZ"', '"\\x41"'),
    *('"\\"', '"\\'),
    *('"\\/"', '"\\u2028\\u2029"', '"\\u202e"', '"\\b\\f\\n\\r\\t"', '"a\tb"', '"a\nb"', '"\x01"', '"\x7f"'),
    *("'a'", '"a'),
    *('"\\u0041\\u00e9"', '"\\ufeff"', '"\\ufffe"', '"\\u001f"', '"\\u007f\\u0080"'),
    *('"' + "\\u0041" * 500 + '"',),
)  # fmt: skip
KEYS: Final = (
    *"messages conversations prompt completion response chosen rejected label kto_tag text instruction input".split(),
    *"output role content from value weight name tool_calls tool_call_id function arguments tools functions".split(),
    *"parallel_tool_calls system history question answer query category source split id metadata images type".split(),
    *"image_url parts preferred_output non_preferred_output schemaVersion toolUse train test data".split(),
    *("", " ", "__proto__", "$ref", "a.b", "a[0]", "'", '"', "\n", "\u202e", "\ud83d\ude00", "k" * 300),
    *("messages ", "Role"),
)  # fmt: skip


def json_string(text: str, *, ascii_only: bool) -> str:
    """Return a JSON string."""
    return json.dumps(text, ensure_ascii=ascii_only)


#: Bytes that are wrong or mean something in some format: UTF-8 gone wrong, marks, magic numbers, line ends, quotes.
BYTES: Final = (
    *(b"\xff", b"\xfe", b"\x80", b"\xc0\x80", b"\xc3", b"\xc3\x28", b"\xe2\x82", b"\xed\xa0\x80"),
    *(b"\xed\xb0\x80",),
    *(b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xe9", b"\x93quoted\x94", b"\xa4"),
    *(b"\x00", b"\x00\x00\x00\x00", b"\x1a", b"\x0b", b"\x0c", b"\x1c", b"\x85", b"\xc2\x85", b"\xe2\x80\xa8"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xef\xbb"),
    *(b"+/v8-",),
    *(b"\n", b"\r\n", b"\r", b"\n\n\n", b"\r\r\n", b" \n", b"\t\n", b"\n\r"),
    *(b'"', b'""', b'"""', b"'", b",", b";", b"\t", b"|", b":", b"{", b"}", b"[", b"]", b"\\", b"#", b'\\"'),
    *(b"PAR1", b"ARROW1", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"),
    *(b"%PDF",),
    *(b"version https://git-lfs.github.com/spec/v1\n", b"\x80\x04", b"sep=;\n", b"<html>", b"---\n"),
    *(b"\xff\xff\xff\xff",),
)  # fmt: skip
