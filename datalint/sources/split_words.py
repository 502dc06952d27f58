"""Words for training and evaluation data in the names of files, in English and other languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

#: Names of evaluation sets, in order of preference.
NAMES: Final = (
    "eval",
    "evaluation",
    "valid",
    "validation",
    "val",
    "validate",
    "validating",
    "test",
    "testing",
    "dev",
    "devel",
    "heldout",
    "holdout",
    "tst",
)
#: Words for evaluation that a file may have in its name beyond that of another one without being tests of a program.
ADDED: Final = rf"(?i)^(?:{'|'.join(NAMES)})[-_. ]|[-_. ](?:{'|'.join(NAMES)})(?=\.)".replace("|test|testing", "")
#: Names of training sets, in order of preference.
TRAINING_NAMES: Final = ("train", "training", "trn")
#: What stands in the name of a file for tuning where that of its evaluation set has another word.
TUNED: Final = r"(?i:(?<![a-z])(?:sft|ft|tune|tuning|fine[-_]?tun(?:e|ing))(?![a-z]))"
#: Words for evaluation that stand inside names, where they may be words for something else.
ENGLISH_HELD: Final = "test|testing|dev|devel|valid"
#: Words that say that a file has all rows, of which others may be parts.
WHOLE: Final = frozenset("full all complete whole entire".split())
#: Words for the state of a file, or for the part of a set that it has.
STATES: Final = tuple(
    """all annotated answers anonymized balanced clean cleaned complete converted corrected dedup deduped deduplicated
    easy filtered final fixed formatted full gold hard human id json labeled labelled labels large lower masked
    matched merged mini mismatched new normalized official ood orig original part processed preprocessed public private
    random raw revised sample sampled seen short shuffled small sorted split subset tokenized translated trans unique
    unlabeled unseen updated version with""".split()
)
#: Where a capital begins another word: ``trainClean``, ``faqTrain``.
_CAPITAL: Final = r"(?-i:(?<=[a-z])(?=[A-Z]))"
#: Endings of an English word, and words that follow it without a separator, as in ``trainset`` and ``testdata``.
_GLUED: Final = r"(?:data)?(?:sets?)?"
_END: Final = rf"(?={_GLUED}(?![a-z]))"
_CAPITAL_END: Final = rf"(?={_GLUED}{_CAPITAL})"
#: Words for training in other languages, and words for evaluation. Endings of one word are in brackets, and an
#: underscore is any separator of two words.
_LANGUAGES: Final = (
    ("entrenamiento entreno", "validación validacion evaluación evaluacion pruebas prueba"),
    ("treinamento treino", "validação validacao avaliação avaliacao testes teste"),
    ("adestramento", "validación validacion avaliación avaliacion probas"),
    ("entrenament", "validació validacio avaluació avaluacio proves"),
    ("entrenamendu(|a|rako)", "balidazio(|a|rako) ebaluazio(|a|rako)"),
    ("entraînement entrainement apprentissage", "évaluation essais essai"),
    ("addestramento", "validazione valutazione prova"),
    ("antrenare antrenament", "validare evaluare testare"),
    (
        "trainingsdatensatz trainingsdaten",
        "validierungsdatensatz validierungsdaten validierung testdatensatz testdaten",
    ),
    ("trainingsset trainingsgegevens", "validatie validatieset testgegevens"),
    (
        "träning(|sdata|smängd) traning(|sdata) træning(|sdata|ssæt) trening(|sdata|ssett)",
        "validering(|sdata|smängd|ssæt|ssett) utvärdering utvardering evaluering testmängd testsæt testsett",
    ),
    ("opetusdata opetusaineisto harjoitusdata", "testidata testiaineisto validointi(|data) arviointidata"),
    ("treening(|andmed)", "valideerimine testimine testandmed valideerimisandmed"),
    ("tanító(|halmaz) tanito(|halmaz)", "teszt validációs validacios kiértékelő kiertekelo"),
    ("treningow(e|y|a) ucząc(e|y|a) uczac(e|y|a)", "walidacyjn(e|y|a) walidacja testow(e|y|a)"),
    (
        "trénovac(í|ie|ia) trenovac(i|ie|ia) tréninkov(á|é) treninkov(a|e)",
        "validačn(í|á|é) validacn(i|a|e) testovac(í|ie|ia) testovac(i)",
    ),
    (
        "učn(a|i|o|e) ucn(a|i|o|e) treniranje trening obuka",
        "testn(a|i|o|e) validacijsk(a|i|o|e) evalvacijsk(a|i|o|e) evaluacijsk(a|i|o|e)"
        " validacija evalvacija evaluacija testiranje",
    ),
    ("обука тренинг", "валидација евалуација тестирање тест"),
    ("обучение обучаващ(а|и|о)", "валидация валидационн(а|и|о) тестов(а|и|о) тест"),
    (
        "обучение обучающ(ая|ий|ие) тренировочн(ая|ый|ые)",
        "валидация валидационн(ая|ый|ые) проверка проверочн(ая|ый|ые) тестов(ая|ый|ые) тест",
    ),
    (
        "навчання навчальн(а|ий|і) тренувальн(а|ий|і)",
        "валідація валідаційн(а|ий|і) перевірка тестов(а|ий|і) тест",
    ),
    ("mokymo treniravimo", "testavimo validavimo vertinimo"),
    ("apmācīb(as|a) apmacib(as|a)", "validācij(as|a) validacij(as) novērtēšanas testēšanas testesanas"),
    ("εκπαίδευση(|ς) εκπαιδευση(|ς)", "αξιολόγηση(|ς) αξιολογηση(|ς) επικύρωση(|ς) επικυρωση(|ς) δοκιμή δοκιμη"),
    ("eğitim egitim", "doğrulama dogrulama değerlendirme degerlendirme"),
    ("huấn_luyện huan_luyen huanluyen", "kiểm_tra kiem_tra kiemtra đánh_giá danh_gia"),
    ("pelatihan latihan latih", "validasi pengesahan pengujian ujian uji"),
    ("mafunzo", "majaribio tathmini"),
    ("训练 訓練", "验证 驗證 测试 測試 评估 評估"),
    ("学習 訓練", "検証 評価 テスト"),
    ("훈련 학습", "검증 평가 테스트"),
    ("ฝึกสอน ฝึกฝน ฝึก", "ทดสอบ ประเมินผล ตรวจสอบ"),
    ("التدريب تدريب", "التقييم تقييم الاختبار اختبار"),
    ("אימון", "הערכה בדיקה מבחן"),
    ("آموزش", "ارزیابی اعتبارسنجی آزمون"),
    ("प्रशिक्षण", "मूल्यांकन परीक्षण"),
    ("প্রশিক্ষণ", "মূল্যায়ন পরীক্ষা"),
    ("பயிற்சி", "சோதனை மதிப்பீடு"),
)
#: Words of other languages that name an evaluation set at the end of a file's name. The other words
#: above are those of reviews, trials and exams as well.
_ALONE: Final = """validación validacion validação validacao validazione validació validacio validierungsdatensatz
    validierungsdaten testdatensatz testdaten validatieset testgegevens valideringsdata validointidata testidata
    testandmed walidacyjn(e|y|a) testow(e|a) validačn(í|á|é) testn(a|i|o|e) validacijsk(a|i|o|e) evalvacijsk(a|i|o|e)
    evaluacijsk(a|i|o|e) валидация валидационн(ая|ый|ые) тестов(ая|ые) validasi pengujian uji"""
#: The same in languages without spaces, where a word for a set follows.
_SETS: Final = (
    r"(?:验证|驗證|测试|測試|评估|評估|评测|評測)[集組组]|(?:検証|評価|テスト)(?:データ|セット|用)"
    r"|(?:검증|평가|테스트)[-_ ]?(?:셋|세트|데이터)"
)
#: The first and last letters of scripts that do not divide words. A pattern of them takes 3 ms to compile.
_UNDIVIDED: Final = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"), ("\u0e00", "\u0e7f"))

#: Names whose words for the other part of a set are kept at hand: a run asks for those of each file several times.
_KEPT: Final = 256


def _pattern(words: Iterable[str]) -> str:
    return "|".join(words).replace("(", "(?:").replace("_", "[-_ ]")


def _forms(words: str) -> Iterator[str]:
    """Yield the words that stand in a list, each with each of its endings."""
    for word in words.split():
        stem, _, endings = word.rstrip(")").partition("(")
        forms = [f"{stem}{ending}" for ending in endings.split("|")]
        yield from (*forms, *(form.replace("_", " ") for form in forms if "_" in form))


def _words(*lists: str) -> str:
    """Return the expression of words of other languages, whole ones where the script divides words."""
    ordered = sorted({word for words in lists for word in words.split()}, key=lambda word: (-len(word), word))
    whole = [word for word in ordered if not any(first <= char <= last for char in word for first, last in _UNDIVIDED)]
    close = [word for word in ordered if word not in whole]
    each = [rf"(?<![^\W\d_])(?:{_pattern(whole)})(?![^\W\d_])"] if whole else []
    return "|".join([*each, *close])


#: A word for training, in English and in any language. Those of other languages may be words for education as well.
ENGLISH_TRAINING: Final = rf"(?i:(?:(?<![a-z])|{_CAPITAL})(?:training|train|trn)(?:{_END}|{_CAPITAL_END}))"
TRAINING: Final = rf"(?i:{ENGLISH_TRAINING}|{_words(*(train for train, _ in _LANGUAGES))})"
#: A word for evaluation, wherever it stands in a name.
HELD: Final = rf"(?i:(?<![a-z])(?:{'|'.join(NAMES)}){_END}|{_words(*(held for _, held in _LANGUAGES))})"
#: Words for development data, which are ones for studies and for software as well, or a word for evaluation that a
#: capital divides from another word (``devClean``), as in ``DevOps`` and ``testDrive``: it counts where a file has the
#: same name with a word for training in its place.
TRIAL: Final = (
    rf"(?i:(?<![a-z])(?:trial(?![a-z])|development{_END})|(?<![a-z])(?:{'|'.join(NAMES)}){_CAPITAL_END}"
    rf"|{_CAPITAL}(?:{'|'.join(NAMES)})(?:{_END}|{_CAPITAL_END}))"
)
#: Names of a set with which answers are compared.
GOLD: Final = r"(?i)(?<![a-z])(?:gold(?:en)?|references?)(?![a-z])"
#: Names of a set that models are compared with.
BENCHMARK: Final = r"(?i)(?<![a-z])bench(?:mark)?s?(?![a-z])"
#: A word of the name of a test set that has no answers to compare others with.
UNLABELLED: Final = r"(?i)(?<![a-z])(?:un|no[-_ ]?|without[-_ ]?)label"
#: Words of other languages that say so alone.
HELD_ALONE: Final = rf"(?i:(?:{_words(_ALONE)})[-_ .0-9v]*$|{_SETS})"


@lru_cache(maxsize=_KEPT)
def held_for(name: str) -> tuple[str, ...]:
    """Return the words for evaluation that may stand where ``name`` has one for training: the best ones first.

    The last ones are those of :data:`TRIAL`.
    """
    return tuple(dict.fromkeys([*NAMES, *_translated(name, TRAINING, _LANGUAGES), "development", "trial"]))


@lru_cache(maxsize=_KEPT)
def training_for(name: str) -> tuple[str, ...]:
    """Return the words for training that may stand where ``name`` has one for evaluation."""
    return tuple(
        dict.fromkeys([*TRAINING_NAMES, *_translated(name, HELD, [(held, train) for train, held in _LANGUAGES])])
    )


def _translated(name: str, words: str, languages: Iterable[tuple[str, str]]) -> list[str]:
    """Return the words for the other part of a set in each language in which ``name`` has one of ``words``."""
    given = {found[0].lower() for found in re.finditer(words, name)}
    return [word for mine, others in languages if given & {*_forms(mine)} for word in _forms(others)] if given else []


def preference(name: str) -> int:
    """Return the place of the best word for evaluation in a name among :data:`NAMES`; other languages come last."""
    words = [found[0].lower() for found in re.finditer(HELD, name)]
    return min((NAMES.index(word) for word in words if word in NAMES), default=len(NAMES))


def kind_of(name: str) -> str | None:
    """Return the first word for evaluation in a name, in lower case; None without one."""
    found = re.search(HELD, name)
    return None if found is None else found[0].lower()


def as_written(word: str, other: str) -> str:
    """Return a word in the case of another one: ``Test`` for ``Train``, ``TEST`` for ``TRAIN``."""
    if other.isupper():
        return word.upper()
    return word.capitalize() if other[:1].isupper() else word
