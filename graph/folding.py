"""Texts made alike: for an order that reads naturally, and for names found however they are written."""

import re
import unicodedata

KEPT = 200
SEPARATOR = "\u0001"  # sorts below every character of a text
LAST = "\uffff"  # sorts above every character of a text
RARE = "\ufffd"  # stands for signs beyond the basic plane, which engines sort differently
OFFSET = 10**11
SCRIPTS = (
    ("zh", re.compile("[\u3400-\u9fff\uf900-\ufaff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
)


def folded(text: str) -> str:
    """A text for order: without case, marks and differences of form, cut to what an index takes."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    signs = (sign if sign < LAST else RARE for sign in plain if not unicodedata.combining(sign))
    return "".join(signs)[:KEPT]


def folded_number(number: int) -> str:
    """A whole number for order: all of one length, the negative ones first."""
    return f"{number + OFFSET:012d}"


def ascending(value: str | None, identifier: str) -> str:
    """A key for ascending order: the value, then the id; unknown values last."""
    return f"{LAST if value is None else value}{SEPARATOR}{identifier}"


def descending(value: str | None, identifier: str) -> str:
    """A key for descending order: the value, then the id; unknown values last."""
    return f"{value or ''}{SEPARATOR}{identifier}"


def folded_name(name: str) -> str:
    """A printed name as letters and digits alone, without ITU-T before it: Y.3172 is y3172, Q6/13 q613."""
    plain = "".join(sign for sign in folded(name) if sign.isalnum())
    return plain.removeprefix("itut") or plain


def language_of(text: str) -> str:
    """The language to which a text belongs by its script; Latin letters count as English."""
    return next((language for language, script in SCRIPTS if script.search(text)), "en")
