"""Numbers of people and accounts are known by their check digits, and others are left alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from mlops_tui.profile import inspect
from mlops_tui.profile.checksums import cpf, dni, luhn, mod_97, nir, ssn, steuer_id

Write = Callable[..., Path]


def card(rng: random.Random) -> str:
    stem = f"4{rng.randrange(10**14):014d}"
    return next(stem + str(d) for d in range(10) if luhn(stem + str(d)))


def iban(rng: random.Random) -> str:
    account = f"{rng.randrange(10**18):018d}"
    return next(f"DE{c:02d}{account}" for c in range(2, 99) if mod_97(f"DE{c:02d}{account}"))


def spaced(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def french(rng: random.Random) -> str:
    number = f"{rng.choice('12')}{rng.randrange(10**12):012d}"
    return f"{number}{97 - int(number) % 97:02d}"


def spanish(rng: random.Random) -> str:
    number = rng.randrange(10**7, 10**8)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def british(rng: random.Random) -> str:
    return f"{rng.choice('ABCEG')}{rng.choice('HJKL')}{rng.randrange(10**6):06d}C"


KINDS: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "cards": ("card numbers", card),
    "cards in groups": ("card numbers", lambda rng: spaced(card(rng))),
    "accounts": ("bank account numbers", lambda rng: spaced(iban(rng))),
    "French": ("social security numbers", french),
    "Spanish": ("national identity numbers", spanish),
    "American": ("social security numbers",
                 lambda rng: f"{rng.randint(1, 665):03d}-{rng.randint(1, 99):02d}-"
                             f"{rng.randint(1, 9999):04d}"),
    "British": ("national insurance numbers", british),
    "devices": ("device addresses",
                lambda rng: ":".join(f"{rng.randrange(256):02x}" for _ in range(6))),
}  # fmt: skip


def kinds(written: Write, make: Callable[[random.Random], str]) -> dict[str, str]:
    rng = random.Random(1)
    rows = "".join(f"{make(rng)},{rng.random():.3f},{rng.choice('ab')}\n" for _ in range(300))
    profile = inspect(written("field,x,y\n" + rows), "y")
    return {f.columns[0]: f.evidence for f in profile.findings if f.id == "personal_data"}


@pytest.mark.parametrize("name", KINDS)
def test_numbers_of_people_are_known_by_what_they_are(written: Write, name: str) -> None:
    kind, make = KINDS[name]
    assert kind in kinds(written, make)["field"]


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: f"4{rng.randrange(10**15):015d}",
        lambda rng: spaced(f"DE{rng.randrange(10**20):020d}"),
        lambda rng: f"{rng.randrange(10**11):011d}",
        lambda rng: f"AB{rng.randrange(10**6):06d}{rng.choice('ABCD')}",
        lambda rng: f"{rng.randrange(10**8):08d}{rng.choice('ABC')}",
        lambda rng: f"9{rng.randrange(100):02d}-{rng.randrange(100):02d}-{rng.randrange(10**4)}",
    ],
)
def test_numbers_without_the_check_digits_are_left_alone(
    written: Write, make: Callable[[random.Random], str]
) -> None:
    assert kinds(written, make) == {}


def test_published_examples_pass() -> None:
    assert luhn("4111111111111111") and not luhn("4111111111111112")
    assert mod_97("GB82WEST12345698765432") and not mod_97("GB82WEST12345698765431")
    assert dni("12345678Z") and not dni("12345678A")
    assert steuer_id("86095742719") and not steuer_id("86095742718")
    assert cpf("52998224725") and not cpf("52998224724")
    assert nir("255081416802538") and not nir("255081416802537")
    assert ssn("078051120") and not ssn("000051120")
