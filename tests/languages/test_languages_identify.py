"""Languages of texts: by script, by the model, and for what is no prose at all."""

from __future__ import annotations

import pytest
from draws import examples
from every import every
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.languages.identify import NAMES, identify, prose_sample
from datalint.languages.scripts import main_script
from datalint.languages.words import WORDS

SENTENCES = {
    "en": "You can exchange the shoes within thirty days of the day when you bought them.",
    "zh": "您可以在三十天之内退换鞋子，如果没有收据，我们会帮您查到购买的日期。",
    "hi": "आप तीस दिनों के भीतर जूते बदल सकते हैं, और रसीद हम कार्ड से ढूँढ लेंगे।",
    "es": "Puede cambiar los zapatos durante treinta días, y encontramos el recibo con la tarjeta.",
    "fr": "Vous pouvez échanger les chaussures pendant trente jours, et nous retrouvons le ticket avec la carte.",
    "ar": "يمكنك استبدال الحذاء خلال ثلاثين يوما من يوم الشراء إذا كان معك الإيصال.",
    "pt": "Você pode trocar os sapatos em até trinta dias, e nós encontramos o recibo com o cartão.",
    "ru": "Вы можете обменять ботинки в течение тридцати дней, а чек мы найдём по карте.",
    "de": "Sie können die Schuhe innerhalb von dreißig Tagen umtauschen, und den Beleg finden wir mit der Karte.",
    "ja": "三十日以内であれば靴を交換することができます。領収書はカードの番号から探します。",
    "ko": "구입한 날부터 삼십 일 이내에 신발을 교환할 수 있으며 영수증은 카드로 찾아 드립니다.",
    "tr": "Ayakkabıları otuz gün içinde değiştirebilirsiniz ve fişi kartınızla bulabiliriz.",
    "vi": "Bạn có thể đổi giày trong vòng ba mươi ngày kể từ ngày mua và chúng tôi sẽ tìm hóa đơn.",
    "th": "คุณสามารถเปลี่ยนรองเท้าได้ภายในสามสิบวันนับจากวันที่ซื้อ",
}


@every("code", SENTENCES)
def test_a_sentence_has_its_language(code: str) -> None:
    found = identify(SENTENCES[code])
    assert found is not None
    assert (found.code, found.probability > 0.7) == (code, True)
    assert found.group in NAMES


@every("code", sorted(SENTENCES.keys() & WORDS.keys()))
def test_a_sentence_has_function_words_of_its_language(code: str) -> None:
    assert any(word in SENTENCES[code] for word in WORDS[code])


def test_latin_letters_in_a_text_of_another_script_are_names() -> None:
    found = identify("Die Firma heißt ООО «Ромашка»")
    assert found is not None
    assert identify("В программе Windows Explorer откройте папку Documents and Settings")
    assert main_script("我们使用 Windows Explorer 打开文件夹 Documents")[0] == "Han"


@pytest.mark.parametrize(
    "text", ["", "123 + 456", "```\nthe code of the file\n```", "https://example.org/the/way", "🙂"]
)
def test_what_is_no_prose_has_no_language(text: str) -> None:
    assert identify(text, least=10) is None


def test_similar_languages_are_not_told_apart() -> None:
    one, other = identify(SENTENCES["de"]), identify(SENTENCES["fr"])
    assert one is not None
    assert other is not None
    assert one.differs(other)
    assert not one.differs(one)
    assert not one._replace(code="da").differs(one._replace(code="no"))
    assert not one._replace(probability=0.5).differs(other)


@settings(max_examples=examples(25), deadline=None)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    sample = prose_sample(text)
    assert len(sample) <= 600
    script, share, letters = main_script(text)
    assert 0 <= share <= 1
    assert bool(script) == bool(letters)
    found = identify(text)
    assert found is None or 0 <= found.probability <= 1 + 1e-6
