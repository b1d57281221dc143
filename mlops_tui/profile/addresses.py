"""Addresses of data elsewhere: what they are called, and that no credential is inside."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mlops_tui.errors import BadInput
from mlops_tui.profile.printing import listed, printable

_SECRET = re.compile(r"pass|pwd|secret|token|sig$|signature|key|credential|auth", re.IGNORECASE)
_SERVERS = ("postgres", "postgresql", "mysql")
# In the words that a database takes they begin another setting, such as a password.
_SETTING = re.compile(r"[=\s]")
_BEFORE_HOST = re.compile(r"://[^#]*:[^#]*@")
_KEPT_BY = {
    "postgres": "in PGPASSWORD or ~/.pgpass",
    "postgresql": "in PGPASSWORD or ~/.pgpass",
    "mysql": "in MYSQL_PWD",
    "s3": "in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
}


def check(address: str, schemes: tuple[str, ...]) -> None:
    """Raise BadInput, without repeating the address, when it is none or holds a credential."""
    parts = _parts(address)
    scheme = parts.scheme if parts else address.partition(":")[0].lower()
    if scheme not in schemes:
        raise BadInput(
            f"Data at {printable(scheme, 20)}:// is not read.",
            f"What is read: files, and addresses with {listed(schemes, 9)}.",
            "Download it, and name the file.",
        )
    if _holds_secret(address, parts):
        kept = _KEPT_BY.get(scheme)
        raise BadInput(
            "The address holds a password or key.",
            "It would be kept in the session and shown to everyone who gets the project.",
            f"Leave it out and keep it {kept}." if kept else "Download it, and name the file.",
        )
    if parts and _hides_setting(parts):
        raise BadInput(
            "A blank or = in the host, user or database of an address is not taken.",
            "A password can stand behind it, and would be kept in the session.",
            f"It reads {_example(scheme)}; keep a password {_KEPT_BY[scheme]}.",
        )
    if parts is None or (scheme not in ("postgres", "postgresql") and not parts.hostname):
        raise BadInput(
            "The address is not complete.",
            do=f"It reads {scheme}://HOST/…, for example {_example(scheme)}.",
        )


def sound(address: str) -> bool:
    """Can a part of it be shown: is it an address, without a credential?"""
    parts = _parts(address)
    return parts is not None and not (_holds_secret(address, parts) or _hides_setting(parts))


def name(address: str) -> str:
    """The last part of the path of a sound address: a file's or a database's name."""
    parts = urlsplit(address)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.scheme


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises ValueError where it is no number
    except ValueError:
        return None
    return parts


def _holds_secret(address: str, parts: SplitResult | None) -> bool:
    if parts is None:
        return bool(_BEFORE_HOST.search(address))
    if parts.password or (parts.username and parts.scheme in ("http", "https", "s3")):
        return True
    if parts.scheme not in ("http", "https") and _BEFORE_HOST.search(address):
        return True
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return any(_SECRET.search(key) for key, _ in pairs)


def _hides_setting(parts: SplitResult) -> bool:
    told = (parts.hostname, parts.username, parts.path)
    return parts.scheme in _SERVERS and any(_SETTING.search(unquote(t)) for t in told if t)


def _example(scheme: str) -> str:
    if scheme in _SERVERS:
        return f"{scheme}://user@host/database#table"
    return f"{scheme}://{'bucket' if scheme == 's3' else 'host'}/folder/orders.parquet"
