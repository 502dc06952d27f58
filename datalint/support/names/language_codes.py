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
    ibo yor zul xho twi ewe lug luo wol bam fon mos kin nya sna som tir amh orm grn quz nah que yue wuu hak lzh
    arz ary ckb kmr""".split()
)
#: The two-letter codes of ISO 639.
ISO_639_1: Final = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
#: Codes of three letters that are words or abbreviations elsewhere: they name a language where they are all of the name
#: of a file, next to one of another language.
OF_FILES: Final = frozenset(
    """arb pes prs ces cze slk ron hun ell gre heb dan nor nob nno swe fin bul hrv srp slv lit lav est kat hye aze kaz
    kir uzb tgk tuk mon khm lao mya bur sin mal kan guj pan mar nep asm ory snd afr isl gle cym eus cat glg sqi mkd bos
    bel ind msa may dut ger fre chi nan jav sun min ban ceb ilo war hil fil tgl mlg ewe uig bod kur pus epo
    lat""".split()
)
#: Codes that name a language between the name of a file and its suffix, next to another one: also those of more
#: languages of India, and how some write them (``ass`` for Assamese).
OF_PARTS: Final = OF_FILES | ISO_639_1 | WHOLE | frozenset("ass brx doi gom kha kok lus mai mni sat trp".split())
