"""Numbers given to people and accounts, told from other numbers by the check digits they carry."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PREFIXES = 5
_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"


@dataclass(frozen=True, slots=True)
class Identity:
    """A kind of number: what it is called, how it is written, and what makes one valid.

    `grouped` numbers may be written in groups, with blanks or dashes between them. Where there is
    no check digit, the first `varied` characters have to differ between people: part numbers
    share theirs.
    """

    kind: str
    pattern: str
    valid: Callable[[str], bool]
    grouped: bool = True
    varied: int = 0


def luhn(digits: str) -> bool:
    """The check of card numbers (ISO/IEC 7812-1): every second digit doubled, the sum ends in 0."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return bool(digits) and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def mod_97(text: str) -> bool:
    """The check of an IBAN (ISO 13616, ISO 7064 MOD 97-10): the remainder is 1."""
    moved = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def ssn(digits: str) -> bool:
    """A number the US Social Security Administration can give out: no part is all zeros."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def dni(text: str) -> bool:
    """The Spanish identity number: the letter follows from the number modulo 23."""
    number = text[:-1].translate(str.maketrans("XYZ", "012"))
    return _DNI[int(number) % 23] == text[-1]


def nir(digits: str) -> bool:
    """The French social security number: its last two digits complete it modulo 97."""
    return int(digits[:13]) % 97 == 97 - int(digits[13:])


def cpf(digits: str) -> bool:
    """The Brazilian taxpayer number: two check digits modulo 11."""
    numbers = [int(d) for d in digits]
    for length in (9, 10):
        total = sum(n * (length + 1 - i) for i, n in enumerate(numbers[:length]))
        if total * 10 % 11 % 10 != numbers[length]:
            return False
    return len(set(digits)) > 1


def steuer_id(digits: str) -> bool:
    """The German tax number (ISO 7064 MOD 11,10)."""
    product = 10
    for d in digits[:10]:
        total = (int(d) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[10]) and digits[0] != "0"


IDENTITIES = (
    Identity("bank account numbers", r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", mod_97),
    Identity("card numbers", r"[2-6]\d{12,18}", luhn),
    Identity("social security numbers", r"\d{3}-\d{2}-\d{4}", ssn, grouped=False),
    Identity(
        "national insurance numbers", r"[A-CEGHJ-PR-TW-Z]{2}\d{6}[A-D]", lambda text: True, varied=2
    ),
    Identity("national identity numbers", r"[\dXYZ]\d{7}[A-Z]", dni),
    Identity("social security numbers", r"[12]\d{14}", nir),
    Identity("taxpayer numbers", r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf, grouped=False),
    Identity("tax numbers", r"\d{11}", steuer_id),
)


def identity(values: list[str]) -> str | None:
    """What most of `values` are; None where the check digits do not bear it out.

    A random number passes a check of one digit one time in ten: four of five have to.
    """
    for known in IDENTITIES:
        shown = [re.sub(r"[ -]", "", v) if known.grouped else v.strip() for v in values]
        fit = [re.sub(r"[.-]", "", v) for v in shown if re.fullmatch(known.pattern, v)]
        if len(fit) < 3 or (known.varied and len({v[: known.varied] for v in fit}) < _PREFIXES):
            continue
        if sum(map(known.valid, fit)) >= max(0.8 * len(fit), 0.5 * len(values)):
            return known.kind
    return None
