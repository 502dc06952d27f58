"""English names of languages, in lower case, as keys of translations have them."""

from __future__ import annotations

from typing import Final

#: Languages by their English names; codes are in :mod:`~datalint.support.names.language_codes`.
LANGUAGE_NAMES: Final = frozenset(
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
    luxembourgish frisian faroese corsican tatar bashkir chuvash
    dialect vernacular""".split()
)
