"""Errors that a program saved in the place of a text: of clients of a model, of scrapers, and of the pages they got."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

WORDS: Final = "errors?|hata|hatası|fehler|erreur|erro|errore|fout|ошибка|помилка|błąd|lỗi|错误|錯誤|エラー|오류|خطأ"
#: A word for an error at the end of one to three words, and nothing behind its colon.
NOTHING: Final = lazy_pattern(rf"(?i)\W{{0,6}}(?:[^\W\d]{{1,20}} ){{0,2}}(?:{WORDS})\s?[:：]\s*\Z")
_STATUS: Final = (
    "400 Bad Request|401 Unauthorized|402 Payment Required|403 Forbidden|404 Not Found|408 Request Timeout"
    "|413 (?:Request|Payload|Content) (?:Entity )?Too Large|422 Unprocessable|429 Too Many Requests"
    "|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out"
)
_HTTP: Final = lazy_pattern(
    rf"(?i)\W{{0,6}}(?:[^\W\d]{{1,20}} ){{0,3}}(?:(?:{WORDS})\s?[:：]?\s?|[:：]\s?)?(?:HTTP\s?)?(?:{_STATUS})\b"
)
_EXCEPTION: Final = lazy_pattern(
    r"(?:(?:Error|Exception)[:：]?\s?)?(?:openai\.|anthropic\.|google\.api_core\.exceptions\.|requests\.exceptions\.|httpx\.)?"
    r"(?:error\.)?(?:RateLimitError|APIConnectionError|APITimeoutError|APIStatusError|AuthenticationError"
    r"|ReadTimeout|ConnectTimeout|ResourceExhausted|InternalServerError|ServiceUnavailableError)\b"
)
_PROVIDER: Final = lazy_pattern(
    r"(?i)\W{0,6}(?:error|api error)[^\n]{0,60}(?:rate limit|quota|api key|insufficient_quota|invalid_request_error"
    r"|context_length_exceeded|max retries exceeded|timed out|error code: [45]\d\d)"
)
#: The words of a status alone, as a client prints them.
_BARE: Final = lazy_pattern(
    r"(?i)\W{0,6}(?:(?:api )?rate limit (?:exceeded|reached|hit)|internal server error|bad gateway|gateway time-?out"
    r"|too many requests|(?:the |your )?(?:request|connection|operation) (?:has )?timed out|(?:request|connection) timeout"
    r"|max(?:imum)? retries exceeded|quota exceeded|service temporarily unavailable)\W{0,3}\Z"
)
#: What a client of a model says of a response that it did not get: who failed, or that it is an error.
_SERVER: Final = r"(?:the )?(?:(?:ai|language|remote|inference) )?(?:api|backend|llm|model|server)"
_RESULT: Final = r"(?:(?:a|an|any|the|this|your) )?(?:valid )?(?:answer|completion|output|reply|response|result)s?"
_MAKING: Final = r"(?:fetching|generating|getting|processing|producing|receiving|retrieving)"
_MAKE: Final = r"(?:fetch|generate|get|give|obtain|produce|provide|receive|retrieve|return)"
_REQUEST: Final = rf"(?:{_RESULT}|(?:the |this |your )?request)"
_AGAIN: Final = r"(?: after \d{1,3} (?:attempts|retries|tries))?"
_UNMADE: Final = lazy_pattern(
    rf"(?i)\W{{0,6}}(?:(?:{_SERVER} (?:has |was )?(?:failed to|unable to|could not|did not) {_MAKE} {_RESULT}"
    rf"|(?:failed to|unable to|could not) {_MAKE} {_RESULT} (?:from|by|of) {_SERVER}"
    rf"|no response (?:received )?from {_SERVER}){_AGAIN}\W{{0,3}}\Z"
    rf"|(?:(?:an )?error (?:has )?(?:occurred )?(?:in |when |while )?{_MAKING} {_REQUEST}(?: (?:from|of) {_SERVER})?"
    rf"|{_SERVER} (?:call|request) failed){_AGAIN}(?:\W{{0,3}}\Z|\s?: ))"
)
#: The page of a server with the status.
_ERROR_PAGE: Final = lazy_pattern(
    rf"(?is)\s{{0,9}}(?:<!doctype html[^>]{{0,80}}>\s{{0,9}})?<html[^>]{{0,80}}>(?:\s{{0,9}}</?[a-z][^>]{{0,80}}>){{0,9}}\s{{0,9}}(?:{_STATUS})\b"
)
#: The object that an API sends in the place of a result.
_BODY: Final = lazy_pattern(
    r"(?i)\s{0,9}\{\s{0,9}['\"]error['\"]\s{0,9}:\s{0,9}\{[^{}]{0,600}['\"](?:type|code|status)['\"]\s{0,9}:\s{0,9}"
    r"(?:[45]\d\d\b|['\"](?:invalid_request_error|rate_limit_error|rate_limit_exceeded|server_error|api_error|insufficient_quota"
    r"|authentication_error|overloaded_error|invalid_api_key|resource_exhausted|unavailable|internal)['\"])"
)
#: What libraries of Python and JavaScript say behind the word for an error.
_SAID: Final = (
    r"timeout [\d.,]{1,9} ?m?s exceeded|(?:list|string|tuple) index out of range|can only join an iterable"
    r"|['\"]?\w{1,40}['\"]? object (?:has no attribute|is not (?:iterable|subscriptable|callable))"
    r"|expecting (?:value|property name|',' delimiter)\b|unterminated string starting|unexpected token .{1,12} in json"
    r"|cannot read propert(?:y|ies) (?:['\"]?\w{1,40}['\"]? )?of (?:undefined|null)|name '\w{1,40}' is not defined"
    r"|(?:target|page|browser|session)(?: page, context or browser)?(?: has been| was)? (?:closed|crashed)\b"
    r"|(?:the )?(?:connection|read|request|operation|navigation)(?: was)? (?:timed out|timeout)"
    r"|connection (?:error|reset by peer|refused|aborted)|https?connectionpool\(|max retries exceeded|net::err_\w{1,40}"
    r"|execution context was destroyed|econn(?:reset|refused)|etimedout|enotfound|failed to fetch\b"
    r"|(?:request failed with )?status code:? ?[45]\d\d\b|[45]\d\d (?:client|server) error|could not resolve host"
    r"|cuda out of memory|(?:the )?model [^\n]{0,60}(?:does not exist|is (?:currently )?overloaded)"
)
_MESSAGE: Final = lazy_pattern(
    rf"(?i)\W{{0,6}}(?:[a-z']{{1,20}} ){{0,4}}[a-z]{{0,40}}(?:error|exception)(?: [a-z]{{1,20}}){{0,4}}\s?: ?(?:{_SAID})"
)
_TRACEBACK: Final = lazy_pattern(r"\s{0,9}Traceback \(most recent call last\):\s{0,9}\n")
#: Pages that a site shows to a program.
_PAGE: Final = lazy_pattern(
    r"(?i)\W{0,6}(?:(?:please|you need to) enable (?:javascript (?:and cookies )?to (?:run|use|view|continue)\b"
    r"|javascript and cookies\b|cookies and javascript\b|js and disable any ad blocker)"
    r"|javascript is (?:disabled|not enabled|not available|required)\b"
    r"|just a moment\.{3}\s{0,9}(?:enable|please|checking|verify|verifying)\b|attention required! \| cloudflare"
    r"|checking (?:if the site connection is secure|your browser before accessing)"
    r"|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human\b|sorry, you have been blocked\b"
    r"|access (?:to this page (?:has been )?)?denied\s{0,9}(?:\Z|you don['’]t have permission)"
    r"|the requested url .{0,120}was not found on this server"
    r"|you don['’]t have permission to access .{0,120}on this server"
    r"|(?:your )?browser (?:is|version is) (?:out of date|not supported|no longer supported)\b)"
)
#: A status with the name of the server behind it, as its page has.
_HTTP_PAGE: Final = lazy_pattern(
    rf"(?i)\W{{0,6}}(?:HTTP\s?)?(?:{_STATUS})\W{{1,20}}(?:nginx|openresty|cloudflare|apache|microsoft-|litespeed|caddy)"
)
#: Literals of which each such text has one; case is ignored in ASCII alone.
SIGNS: Final = (
    *("error", "hata", "fehler", "erreur", "erro", "fout", "ошибка", "Ошибка", "помилка", "Помилка", "błąd", "lỗi"),
    *("错误", "錯誤", "エラー", "오류", "خطأ", "too many requests", "bad request", "unauthorized", "payment required"),
    *("forbidden", "not found", "request timeout", "too large", "unprocessable", "bad gateway", "unavailable"),
    *(
        "gateway time",
        "rate limit",
        "internal server",
        "timed out",
        "retries exceeded",
        "quota exceeded",
        "ReadTimeout",
        "ConnectTimeout",
        "ResourceExhausted",
        "exception",
        "Traceback (most recent",
    ),
    *("javascript", "Just a moment...", "enable js", "cloudflare", "your browser", "site connection", "you are human"),
    *(
        "you are a human",
        "been blocked",
        "access denied",
        "page has been denied",
        "page denied",
        "have permission to access",
    ),
    *("browser is", "browser version is"),
    *("failed", "unable to", "could not", "did not", "no response"),
)
#: What longer texts of this kind begin with.
BEGINNINGS: Final = ("Traceback (most recent", "Error: ", "Exception: ", '{"error"')


def is_error(text: str) -> bool:
    """Return whether a response is the error of a program, or a page that is shown to one."""
    patterns = (_HTTP, _EXCEPTION, _PROVIDER, _BODY, _MESSAGE, _TRACEBACK, _PAGE, _BARE, _UNMADE, _ERROR_PAGE)
    return any(pattern.match(text) is not None for pattern in patterns)


def is_saved_page(text: str) -> bool:
    """Return whether a text of its own is such an error. A status alone may be a text of an interface."""
    return any(pattern.match(text) is not None for pattern in (_BODY, _MESSAGE, _TRACEBACK, _PAGE, _HTTP_PAGE))
