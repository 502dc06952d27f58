"""Language codes in column names."""

from __future__ import annotations

from typing import Final

#: Codes of languages that end a name, as in ``question_en``.
LANGUAGES: Final = frozenset("en eng zh cn ja jp ko kr de fr es pt ru ar vi it hi".split())
#: Codes of ISO 639 that are the whole name of a column, but for those that are as often another word, such as ``id``.
WHOLE: Final = LANGUAGES | frozenset(
    """af sq am ar hy az eu bn bg ca ceb hr cs da nl eo et fi gl ka el gu ht ha haw he hmn hu ig ga jv kn kk km rw lo lv
    lt lb mk mg ml mt mi mr mn ne nb nn ny ps fa pl pa ro sm gd sr st sn sd si sk sl su sw sv tl tg ta te th tr uk ur uz
    cy xh yi yo zu ukr rus deu fra spa por ita nld pol tur ara fas hin ben tam tel urd jpn zho cmn kor vie tha swa hau
    ibo yor zul xho twi ewe lug luo wol bam fon mos kin nya sna som tir amh orm grn quz nah que""".split()
)
