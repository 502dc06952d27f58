"""Names of languages, in lower case and without accents of Latin letters, as keys of translations have them."""

from __future__ import annotations

from typing import Final

#: Languages by their names in English; codes are in :mod:`~datalint.support.names.language_codes`.
_ENGLISH: Final = frozenset(
    """english chinese mandarin cantonese spanish hindi arabic bengali portuguese russian urdu indonesian german
    japanese swahili marathi telugu turkish tamil vietnamese korean italian thai gujarati persian farsi polish pashto
    kannada malayalam sundanese hausa odia burmese ukrainian french tagalog filipino yoruba uzbek sindhi amharic fula
    romanian oromo igbo azerbaijani awadhi dutch kurdish malagasy saraiki nepali sinhala hebrew greek czech hungarian
    catalan swedish danish norwegian finnish slovak croatian serbian bulgarian lithuanian latvian estonian slovenian
    albanian macedonian bosnian welsh irish scottish gaelic basque galician icelandic maltese latin sanskrit twi akan
    wolof zulu xhosa creole patois jamaican haitian lingala kinyarwanda shona somali tigrinya khmer lao mongolian
    tibetan uyghur kazakh kyrgyz tajik turkmen georgian armenian belarusian ladino yiddish esperanto quechua guarani
    aymara nahuatl maori samoan hawaiian tongan fijian javanese balinese punjabi assamese konkani maithili bhojpuri
    ilokano ilocano cebuano bikol hiligaynon waray malay myanmar arakanese rakhine tamang newari breton occitan asturian
    luxembourgish frisian faroese corsican tatar bashkir chuvash afrikaans luganda kikuyu sesotho setswana ndebele
    dialect vernacular""".split()
)
#: The same in their own language and in others, but for those that are also names of people or countries.
_ELSEWHERE: Final = frozenset(
    """deutsch englisch franzosisch spanisch italienisch russisch turkisch arabisch
    francais anglais allemand espagnol italien russe arabe portugais
    espanol castellano ingles aleman euskara euskera gallego galego catala valenciano
    portugues italiano inglese tedesco francese spagnolo
    nederlands engels duits frans svenska engelska tyska norsk dansk engelsk suomeksi englanniksi
    polski angielski niemiecki cestina anglictina anglicky slovencina hrvatski srpski slovenscina magyar angol
    turkce ingilizce almanca kiswahili cymraeg saesneg gaeilge gaidhlig inggris
    русский английский немецкий французский испанский украинский татарский казахский українська англійська
    қазақша български ελληνικα αγγλικα العربية الانجليزية فارسی انگلیسی עברית אנגלית
    日本語 英語 中国語 한국어 영어 일본어 중국어 ภาษาไทย ภาษาอังกฤษ""".split()
)
LANGUAGE_NAMES: Final = _ENGLISH | _ELSEWHERE
