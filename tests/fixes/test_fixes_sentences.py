"""Tagged text is written as it was read: with all columns and comments of the sentences that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint import fix

CONFIG = {"select": ["exact-duplicate", "invisible-character"]}
WORDS = "harbour lantern meadow granite whisper kettle orchard velvet compass thunder pebble walnut".split()


def block(number: int, *words: str, head: str = "", upos: str = "NOUN") -> str:
    """Return a sentence of CoNLL-U."""
    rows = (f"{n}\t{word}\t{word[:3]}\t{upos}\tNN\tCase=Nom\t{n - 1}\tdep\t_\t_" for n, word in enumerate(words, 1))
    return "\n".join([*head.split("\n"), f"# sent_id = {number}", *rows]).strip() + "\n\n"


def sentence(number: int) -> list[str]:
    return [WORDS[(number * step + step) % len(WORDS)] for step in (1, 5, 7, 11, 2, 3)] + [f"at{number}"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a.conllu", "a.txt"])
def test_sentences_that_stay_keep_their_bytes(tmp_path: Path, name: str, end: str) -> None:
    plain = [block(number, *sentence(number)) for number in range(12)]
    copy = block(90, *sentence(3))
    begins = block(91, *sentence(4), head="# newdoc id = 7\n# a remark")
    odd = block(92, *sentence(20), "gard\u200ben")
    path, out = tmp_path / name, tmp_path / f"out.{name.rpartition('.')[2]}"

    def written(*blocks: str) -> bytes:
        return "".join(blocks).replace("\n", end).encode()

    path.write_bytes(written("# global = x\n", *plain, copy, begins, odd, "# end\n"))
    fixed = fix(str(path), config=CONFIG, eval=False)
    fixed.write(out)
    assert out.read_bytes() == written(
        "# global = x\n", *plain, "# newdoc id = 7\n", odd.replace("gard\u200ben", "garden"), "# end\n"
    )
    before = out.read_bytes()
    fix(str(out), config=CONFIG, eval=False).write(tmp_path / f"again{out.suffix}")
    assert (tmp_path / f"again{out.suffix}").read_bytes() == before


def test_a_sentence_that_is_not_read_stays(tmp_path: Path) -> None:
    plain = [block(number, *sentence(number)) for number in range(12)]
    path = tmp_path / "a.conllu"
    data = ["".join(plain).encode(), b"1\tdo\xff\xfe\x81ck\t_\t_\n\n", (plain[0] + plain[1]).encode()]
    path.write_bytes(b"".join(data))
    fix(str(path), config=CONFIG, eval=False).write(tmp_path / "out.conllu")
    assert (tmp_path / "out.conllu").read_bytes() == b"".join(data[:2])


def test_what_lines_cannot_hold_stays_and_json_lines_have_it(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    blocks = [block(number, *sentence(number), upos="_").replace("NN\tCase=Nom", "_\t_") for number in range(12)]
    path.write_text("".join(blocks).replace("dep\t", "_\t").replace("at3", "at\u200b3"))
    fixed = fix(str(path), config=CONFIG, eval=False)
    fixed.write(tmp_path / "out.conllu")
    assert (tmp_path / "out.conllu").read_bytes() == path.read_bytes()
    assert fixed.counts == {}
    fixed.write(tmp_path / "out.jsonl")
    assert "at3" in (tmp_path / "out.jsonl").read_text()
    assert fixed.counts == {"QUA014": 1}
