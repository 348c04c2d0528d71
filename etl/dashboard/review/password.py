"""The reviewers' password as scrypt keeps it (RFC 7914): never in the clear."""

import hashlib
import secrets
from hmac import compare_digest
from threading import Lock

SHORTEST = 10  # characters

_N, _R, _P = 2**15, 8, 1  # 32 MB and about a tenth of a second a try
_MOST_MEMORY = 256 * 2**20
_one_at_a_time = Lock()  # so that many tries cost time, not memory


def hashed(password: str) -> str:
    """What the setting ``review_password`` holds: ``scrypt:n:r:p:salt:hash``."""
    salt = secrets.token_bytes(16)
    return f"scrypt:{_N}:{_R}:{_P}:{salt.hex()}:{_scrypt(password, salt, _N, _R, _P).hex()}"


def matches(stored: str, password: str) -> bool:
    """Whether ``password`` is the one that ``stored`` was made of."""
    try:
        kind, n, r, p, salt, expected = stored.split(":")
        if kind != "scrypt":
            return False
        found = _scrypt(password, bytes.fromhex(salt), int(n), int(r), int(p))
        return compare_digest(found, bytes.fromhex(expected))
    except ValueError:
        return False


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _one_at_a_time:
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"), salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=32
        )
