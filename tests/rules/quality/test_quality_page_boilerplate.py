"""Words of a page are found in texts in ASCII, which are searched for literals first, as in others."""

from __future__ import annotations

import pytest

from datalint.rules.quality.page_boilerplate import _sign_in

SIGNS = (
    *(
        "We use cookies",
        "This website uses cookies",
        "Our site use cookies",
        "Accept all cookies",
        "Skip to main content",
    ),
    *("Share this post on Facebook", "Share via WhatsApp", "Subscribe to our newsletter", "Sign up for the newsletter"),
    *("All rights reserved", "Leave a reply", "Leave a comment", "Toggle navigation", "Alle Rechte vorbehalten"),
    *("Diese Webseite verwendet Cookies", "Ce site utilise des cookies", "Este sitio usa cookies"),
    *("Todos los derechos reservados", "Todos os direitos reservados"),
)
BUTTONS = (
    *("View more", "Read More", "Show more", "See more", "Load more", "Show less", "See Less", "Weiterlesen"),
    *("Mehr anzeigen", "Lire la suite", "Voir plus", "Leia mais", "Ver mais"),
)


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_in_ascii_are_found(sign: str) -> None:
    for text in (sign, sign.upper(), sign.lower(), f"The pier is shut. {sign}, it said."):
        found = _sign_in(text)
        assert found is not None
        assert found[0].lower() in sign.lower()


@pytest.mark.parametrize("button", BUTTONS)
def test_buttons_in_ascii_are_found(button: str) -> None:
    text = f"The pier is shut. {button}"
    found = _sign_in(text)
    assert found is not None
    assert found[0] == button
    beyond = _sign_in(f"Ä. {text}")
    assert beyond is not None
    assert beyond[0] == button


def test_other_texts_have_none() -> None:
    assert _sign_in("They share a pier, and leave a boat there to see more of it.") is None
