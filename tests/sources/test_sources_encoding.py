"""Encodings: what is named, what is still read, what is refused."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st
from tests_sources_reading import Read, lines_of, read_source

from datalint.sources.code_pages import code_page
from datalint.sources.content import Content
from datalint.sources.encoding import decode_legacy, to_utf8, wide
from datalint.sources.sniff import OpenSettings, open_content

ReadFile = Callable[..., Read]
CHINESE = "请把这句话翻译成英文,然后解释其中的语法。"
KOREAN = "이 문장을 영어로 옮기고, 그다음에 문법을 설명해 주세요."
FRENCH = "Où est né le garçon ? « À l’hôtel », répondit-elle – déjà."
RUSSIAN = "Где здесь пристань, и как туда попасть? Её видно с моста, ответил сторож."
GREEK = "Πού είναι εδώ η αποβάθρα και πώς πάω εκεί; Φαίνεται από τη γέφυρα, απάντησε ο φύλακας της."
HEBREW = "איפה כאן הרציף ואיך מגיעים אליו משם היום בערב רואים אותו מן הגשר ענה השומר לכולם"
ROWS = '{"text":"%s"}\n{"text":"plain"}\n'


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little-endian)"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big-endian)"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little-endian)"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big-endian)"),
        (b"", "utf-16-le", "UTF-16 (little-endian, no byte-order mark)"),
        (b"", "utf-16-be", "UTF-16 (big-endian, no byte-order mark)"),
    ],
)
def test_wide_text_is_named_once_and_read(mark: bytes, codec: str, name: str, read_file: ReadFile) -> None:
    read = read_file(mark + (ROWS % "日本 \U0001f600").encode(codec), chunk_bytes=10)
    assert [(p.rule, p.message, p.line) for p in read.facts.problems] == [
        ("wrong-encoding", f"the file is {name}, not UTF-8", 1)
    ]
    assert read.records == [{"text": "日本 \U0001f600"}, {"text": "plain"}]
    assert read.source.fetch([1], [read.offsets[1]]) == [{"text": "plain"}]


def test_wide_text_that_is_damaged_is_refused_where_it_is(read_file: ReadFile) -> None:
    damaged = '{"text":"'.encode("utf-16-le") + b"\x00\xd8" + '"}\n{"a":1}\n'.encode("utf-16-le")
    read = read_file(codecs.BOM_UTF16_LE + damaged)
    assert read.places == [("wrong-encoding", 1), ("invalid-utf8", 1)]
    assert read.records == [{"a": 1}]
    odd = read_file(codecs.BOM_UTF16_LE + '{"a":1}\n'.encode("utf-16-le") + b"\x20", "odd.jsonl")
    assert (odd.records, odd.facts.rows_refused) == ([{"a": 1}], 1)


@given(st.text(max_size=20), st.integers(1, 7), st.sampled_from(["utf-16-le", "utf-32-be"]))
def test_transcoding_in_any_blocks(text: str, size: int, codec: str) -> None:
    try:
        data = text.encode(codec)
    except UnicodeEncodeError:
        return
    blocks = [data[i : i + size] for i in range(0, len(data), size)]
    assert b"".join(to_utf8(blocks, codec, 0)) == text.replace("\0", "\udfff").encode("utf-8", "surrogatepass")


def test_a_byte_order_mark_is_stripped_and_named(read_file: ReadFile) -> None:
    read = read_file(b'\xef\xbb\xbf{"a":1}\n\xef\xbb\xbf{"a":2}\n')
    assert read.places == [("byte-order-mark", 1), ("byte-order-mark", 2)]
    assert read.records == [{"a": 1}, {"a": 2}]
    assert read.source.fetch([0, 1], read.offsets) == read.records


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (CHINESE, "gb18030", "GB18030"),
        (KOREAN, "cp949", "cp949"),
        (FRENCH, "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (FRENCH, "mac_roman", "macintosh"),
        ("Don’t ask the keeper’s brother.", "mac_roman", "macintosh"),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [10, 8 << 20])
def test_a_code_page_is_named_and_read(text: str, codec: str, name: str, chunk_bytes: int) -> None:
    data = (ROWS % text).encode(codec) + (ROWS % text).encode(codec)
    read = lines_of(data, chunk_bytes)
    assert [(p.rule, p.message, p.line) for p in read.facts.problems] == [
        ("wrong-encoding", f"text is {name}, not UTF-8", line) for line in (1, 3)
    ]
    assert [record["text"] for record in read.records] == [text, "plain"] * 2
    assert read.source.fetch([2], [read.offsets[2]]) == [{"text": text}]


@every(
    "line",
    [
        b"\xff",
        b"\xff\xfe",
        "日本語".encode()[:-1],
        CHINESE.encode()[:-1],
        "naïve café".encode()[:-1],
        ("é" * 9).encode() + b"\xe9",
        "привет, как дела".encode("cp1251"),
        RUSSIAN.encode("koi8-r"),
        GREEK.encode("cp1253"),
        HEBREW.encode("cp1255"),
        "Où est né le garçon, près du môle ?".encode("cp850"),
        b"\xed\xa0\xbd\xed\xb8\x80",
        b"\x80\x81\x82\x83",
        b"so late ????\x80??",
        bytes(range(128, 256)),
    ],
)
def test_what_is_no_plausible_code_page(line: bytes) -> None:
    assert decode_legacy(line) is None


@every(
    ("line", "name"),
    [
        (b"the dock %d\xe2 is full", None),
        (b"the dock %d \xf0\x9f is full\xe2\x80", None),
        ("þú ert við bryggju %d, það er satt".encode("cp1252"), "cp1252"),
        ("hâlâ rıhtım %d".encode("cp1252", "replace"), "cp1252"),
    ],
)
def test_characters_that_were_cut_off_are_in_no_code_page(line: bytes, name: str | None) -> None:
    lines = [line % number for number in range(6)]
    assert code_page(lines) == name
    assert code_page([*lines, *lines, b"caf\xe9"]) == name
    # A few words may end in such a letter.
    assert code_page([b"voil\xe2"] * 3) == "cp1252"


@given(st.binary(max_size=40))
def test_any_bytes(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError:
        found = decode_legacy(data)
        assert found is None or found[1] in ("GB18030", "cp949", "cp1250", "cp1251", "cp1252", "cp1254", "macintosh")
    wide(data)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Iskelenin kapısı bugün açık değil, gemi şimdi gidiyor.", "cp1254"),
        ("Łódź płynie dalej, a nikt nie wie, kiedy znów będzie wiało.", "cp1250"),
        ("Loď připluje až večer, řekl strážce, a přístav je zavřený.", "cp1250"),
        ("Loďka prišla až večer, povedal strážca, a prístav je zatvorený.", "cp1250"),
        ("A hajó csak este jön, és az őr szerint a kikötő zárva van, kérem, várjon tűzoltót.", "cp1250"),
        ("Vaporul soseşte seara, iar paznicul spune că portul este închis şi nu ştie nimic.", "cp1250"),
        ("Brod stiže tek navečer, a čuvar kaže da je luka već danas zatvorena za šetače.", "cp1250"),
        ("Þetta skip fer ekki í dag, sagði vörðurinn við höfnina.", "cp1252"),
        ("Laev jõuab sadamasse õhtul, ütles valvur, ja värav on kinni.", "cp1252"),
        ("O navio não chega à estação até amanhã, e ninguém sabe as razões.", "cp1252"),
        ("La nave arriverà più tardi, perché il porto è chiuso e così è la città.", "cp1252"),
        ("¿Cuándo llega el próximo barco? Mañana, señor, según dicen.", "cp1252"),
    ],
)
def test_a_code_page_is_that_of_the_alphabet(text: str, name: str) -> None:
    assert decode_legacy(text.encode(name)) == (text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("哈哈哈哈哈哈哈哈哈哈，哈哈哈哈哈哈", "GB18030"),
        ("安排帮助, 不错, 从此打开", "GB18030"),
        ("부두가 닫혔습니다. 누가 닫았습니까?", "cp949"),
    ],
)
def test_chinese_and_korean_have_the_same_bytes(text: str, name: str) -> None:
    assert decode_legacy(text.encode(name)) == (text, name)


def test_a_trail_byte_that_looks_like_json_does_not_mislead() -> None:
    # The second byte of these characters is a backslash, a bracket or a brace in ASCII.
    text = "".join(
        char for char in map(chr, range(0x4E00, 0x9FA5)) if char.encode("gb18030")[1:] in (b"\\", b"[", b"{")
    )
    row = ('{"text":"' + CHINESE * 40 + text[:20] + '","a":1}').encode("gb18030")
    [record] = lines_of(row).records
    assert record == {"text": CHINESE * 40 + text[:20], "a": 1}


@pytest.mark.parametrize("codec_lines", [60, 4])
@pytest.mark.parametrize("name", ["rows.csv", "rows.txt"])
def test_a_line_that_is_utf8_by_chance_is_in_the_code_page_of_the_file(name: str, codec_lines: int) -> None:
    lines = [b"text,label", *(b"the caf\xe9 of dock %d is full,a" % n for n in range(codec_lines))]
    lines[3:3] = [b"it costs \xcc\xbc1 per day,b"]
    read = read_source(open_content(Content(b"\n".join(lines)), name, OpenSettings()))
    # Of four lines only, one may be in UTF-8.
    expected = "it costs Ì¼1 per day" if codec_lines == 60 else "it costs \u033c1 per day"
    assert any(record["text"].startswith(expected) for record in read.records)
    mixed = any("other lines is UTF-8" in problem.message for problem in read.facts.problems)
    assert mixed == (codec_lines == 4)
    assert read.facts.rows_refused == 0
