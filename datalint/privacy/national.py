"""National identity numbers: checked by python-stdnum, and only after a word that names them.

Every tenth order or serial number has a valid check digit, so neither a word nor a check digit is enough alone. The
Social Security number of the United States has no check digit: its word, its form and its areas decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.privacy.spans import PrivateSpan, ascii_pattern
from datalint.support.named_tuple import NamedTuple


class Register(NamedTuple):
    """A register of persons: the module of python-stdnum, words that name its numbers, and their form."""

    module: str
    words: str
    form: str


_NINE, _TEN, _ELEVEN = (rf"\d(?:[ .-]?\d){{{size - 1}}}" for size in (9, 10, 11))
REGISTERS: Final = (
    Register("us.ssn", r"(?i:\bSSNs?\b|social security)", r"\d{3}-\d\d-\d{4}|\d{3} \d\d \d{4}|\d{9}"),
    Register("au.tfn", r"\bTFN\b|(?i:tax file number)", rf"{_NINE}|\d{{8}}"),
    Register("be.nn", r"(?i:rijksregister|registre national|\bNISS\b)", _ELEVEN),
    Register("br.cpf", r"\bCPF\b", _ELEVEN),
    Register("ca.sin", r"\bSIN\b|(?i:social insurance number)", _NINE),
    Register("ch.ssn", r"\bA(?:HV|VS)\b", r"756(?:[ .]?\d){10}"),
    Register("cl.rut", r"\bR(?:UT|UN)\b", r"\d{1,2}\.?\d{3}\.?\d{3}-?[\dKk]"),
    Register("cn.ric", r"身份证|(?i:resident id)", r"\d{17}[\dXx]"),
    Register("cz.rc", r"(?i:rodn[eéoý][a-zčéí]{0,3} [cč][íi]sl)", r"\d{6}/?\d{3,4}"),
    Register("de.idnr", r"(?i:steuer-?id|identifikationsnummer)", _ELEVEN),
    Register("es.dni", r"\bDNI\b|\bNIF\b", r"\d{8}-?[A-Za-z]"),
    Register("es.nie", r"\bNIE\b", r"[XYZxyz]-?\d{7}-?[A-Za-z]"),
    Register("fi.hetu", r"(?i:henkil[öo]tunnu|\bhetu\b)", r"\d{6}[-+A]\d{3}[0-9A-Ya-y]"),
    Register("fr.nir", r"\bNIR\b|(?i:s[ée]curit[ée] sociale|n° s[ée]cu)", r"[12](?: ?[\dAB]){12}(?: ?\d\d)?"),
    Register("gb.nhs", r"\bNHS\b", _TEN),
    Register("in_.aadhaar", r"(?i:aadhaa?r|आधार)", r"\d{4}[ -]?\d{4}[ -]?\d{4}"),
    Register("it.codicefiscale", r"(?i:codice fiscale|\bc\.f\.)", r"[A-Za-z]{6}\d\d[A-Za-z]\d\d[A-Za-z]\d{3}[A-Za-z]"),
    Register("kr.rrn", r"주민(?:등록)?번호", r"\d{6}-?\d{7}"),
    Register("mx.curp", r"\bCURP\b", r"[A-Z]{4}\d{6}[A-Z]{6}[A-Z\d]\d"),
    Register("nl.bsn", r"\bBSN\b|(?i:burgerservicenummer|sofinummer)", _NINE),
    Register("no.fodselsnummer", r"(?i:f[øo]dselsnummer|personnummer)", r"\d{6} ?\d{5}"),
    Register("pl.pesel", r"(?i:\bpesel\b)", r"\d{11}"),
    Register("ro.cnp", r"\bCNP\b", r"\d{13}"),
    Register("se.personnummer", r"(?i:personnummer)", r"(?:\d\d)?\d{6}[-+]?\d{4}"),
    Register("tr.tckimlik", r"(?i:kimlik (?:no|num))|\bTCKN\b", r"\d{11}"),
    Register("za.idnr", r"(?i:\b(?:south african|\bSA) id(?:entity)?\b)", r"\d{13}"),
)
#: Words of all registers, for a first search.
NATIONAL_WORDS: Final = "|".join(f"(?:{register.words})" for register in REGISTERS)
_BETWEEN: Final = r"[^\d\n]{0,40}?(?<![A-Za-z\d])"


def national_numbers(text: str) -> Iterator[PrivateSpan]:
    """Yield the national identity numbers in a text."""
    if ascii_pattern(NATIONAL_WORDS).search(text) is None:
        return
    from importlib import import_module

    for register in REGISTERS:
        pattern = ascii_pattern(rf"(?:{register.words}){_BETWEEN}(?P<number>{register.form})(?![\w-])")
        for match in pattern.finditer(text):
            module = import_module(f"stdnum.{register.module}")
            # Not every module accepts spaces between groups.
            if _is_valid(module, match["number"].replace(" ", "")):
                yield PrivateSpan("national number", match.start("number"), match.end("number"))


def _is_valid(module: Any, number: str) -> bool:
    """Return whether a number is one of a register; one in a place that the module does not know is none."""
    try:
        return bool(module.is_valid(number))
    except LookupError:  # of stdnum.cn.ric, for a code of a province or a former county
        return False
