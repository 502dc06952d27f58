"""Languages with a region or a script in the names of files, such as ``pt_BR``, ``zh-Hans`` or ``eng_Latn``."""

from __future__ import annotations

import re
from typing import Final

#: Languages with a region, as operating systems and translators name them.
_REGIONS: Final = """
    ar_AE ar_EG ar_SA af_ZA am_ET as_IN az_AZ be_BY bg_BG bn_BD bn_IN bs_BA ca_ES cs_CZ cy_GB da_DK de_AT de_CH de_DE
    el_GR en_AU en_CA en_GB en_IE en_IN en_NZ en_US en_XX en_ZA es_AR es_CL es_CO es_ES es_MX es_US et_EE eu_ES fa_IR
    fi_FI fil_PH fr_BE fr_CA fr_CH fr_FR ga_IE gl_ES gu_IN he_IL hi_IN hr_HR hu_HU hy_AM id_ID is_IS it_CH it_IT ja_JP
    ja_XX ka_GE kk_KZ km_KH kn_IN ko_KR lo_LA lt_LT lv_LV mk_MK ml_IN mn_MN mr_IN ms_MY mt_MT my_MM nb_NO ne_NP nl_BE
    nl_NL nn_NO no_NO or_IN pa_IN pl_PL ps_AF pt_BR pt_PT pt_XX ro_RO ru_RU si_LK sk_SK sl_SI so_SO sq_AL sr_RS sv_SE
    sw_KE sw_TZ ta_IN te_IN th_TH tl_PH tl_XX tr_TR uk_UA ur_PK uz_UZ vi_VN xh_ZA yo_NG zh_CN zh_HK zh_SG zh_TW zu_ZA
    """.split()
#: Languages that are written in several scripts.
_WRITTEN: Final = """
    az_Cyrl az_Latn bs_Cyrl bs_Latn kk_Arab kk_Cyrl kk_Latn ku_Arab ku_Latn mn_Cyrl mn_Mong ms_Arab ms_Latn pa_Arab
    pa_Guru sd_Arab sd_Deva sr_Cyrl sr_Latn tg_Arab tg_Cyrl uz_Cyrl uz_Latn zh_Hans zh_Hant
    """.split()
#: The languages of FLORES-200 and its successors, by their script.
_OF_SCRIPTS: Final = {
    "Latn": """eng deu fra spa ace afr aka als ast ayr azj bam ban bem bjn bos bug cat ceb ces cjk crh cym dan dik dyu
    epo est eus ewe fao fij fil fin fon fur fuv gaz gla gle glg grn hat hau hrv hun ibo ilo ind isl ita jav kab kac kam
    kbp kea kik kin kmb kmr knc kon lij lim lin lit lmo ltg ltz lua lug luo lus lvs min mlt mos mri nld nno nob nso nus
    nya oci pag pap plt pol por quy ron run sag scn slk slv smo sna som sot srd ssw sun swe swh szl tpi tsn tso tuk tum
    tur twi umb uzn vec vie war wol xho yor zsm zul taq""",
    "Arab": """arb acm acq aeb ajp apc ars ary arz ace azb bjn ckb kas knc min pbt pes prs snd uig urd""",
    "Cyrl": "bak bel bul kaz khk kir mkd rus srp tat tgk ukr",
    "Deva": "awa bho hin hne kas mag mai mar npi san",
    "Beng": "asm ben mni",
    "Ethi": "amh tir",
    "Hebr": "heb ydd",
    "Hans": "zho cmn",
    "Hant": "zho yue cmn",
    "Tibt": "bod dzo",
    "Tfng": "taq tzm",
    "Armn": "hye",
    "Geor": "kat",
    "Grek": "ell",
    "Gujr": "guj",
    "Guru": "pan",
    "Hang": "kor",
    "Jpan": "jpn",
    "Khmr": "khm",
    "Knda": "kan",
    "Laoo": "lao",
    "Mlym": "mal",
    "Mymr": "mya shn",
    "Olck": "sat",
    "Orya": "ory",
    "Sinh": "sin",
    "Taml": "tam",
    "Telu": "tel",
    "Thai": "tha",
}
#: Codes of two letters with a region or script, and codes of three letters with a script.
SHORT: Final = (*_REGIONS, *_WRITTEN)
LONG: Final = tuple(f"{language}_{script}" for script, some in _OF_SCRIPTS.items() for language in some.split())
_ALL: Final = frozenset((*SHORT, *LONG))
#: What such a name looks like among the words of the name of a file.
PATTERN: Final = r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}|[A-Za-z]{2})(?![A-Za-z])"
#: Those that are often next to a code of a language alone, in all spellings: ``train.pt-br`` for ``train.en``.
WRITTEN: Final = tuple(
    form
    for each in "zh_CN zh_TW zh_HK zh_Hans zh_Hant pt_BR pt_PT en_US en_GB es_ES es_MX fr_FR fr_CA".split()
    for form in (each, each.replace("_", "-"), each.lower(), each.replace("_", "-").lower())
)


def is_locale(name: str) -> bool:
    """Return whether a name is a language with a region or a script, in any case, with ``-`` or ``_`` between them."""
    return re.fullmatch(PATTERN, name) is not None and _canonical(name) in _ALL


def other_locales(name: str) -> list[str]:
    """Return other languages with a region or script, written as ``name`` is; none if it is no such language itself."""
    if not is_locale(name):
        return []
    mine, joint = _canonical(name), name[-3 if name[-3] in "-_" else -5]
    same = LONG if mine in LONG else SHORT
    lower, upper = name.islower(), name.isupper()
    others = (each.replace("_", joint) for each in same if each != mine)
    return [each.lower() if lower else each.upper() if upper else each for each in others]


def _canonical(name: str) -> str:
    """Return a name with an underscore, a language in lower case, a region in capitals, and a script in title case."""
    language, place = re.split(r"[-_]", name)
    return f"{language.lower()}_{place.title() if len(place) > 2 else place.upper()}"
