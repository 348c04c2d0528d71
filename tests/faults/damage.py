"""Documents damaged at random, the same for the same seed: as files and, of packages, inside their parts."""

from collections.abc import Iterator
from random import Random

from tests.makers.packages import packed, unpacked


def damaged(content: bytes, seed: int) -> bytes:
    """The file with some of its bytes changed, taken out, repeated or cut off."""
    rng = Random(f"damage {seed}")
    found = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(found))
        match rng.randrange(5):
            case 0 | 1:
                found[at] ^= 1 << rng.randrange(8)
            case 2:
                found[at : at + 4] = rng.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
            case 3:
                del found[at : at + rng.randrange(1, 200)]
            case _:
                found[at:at] = found[at : at + rng.randrange(1, 200)]
        if len(found) < 16:
            return bytes(content[:16])
    return bytes(found)


def damaged_inside(content: bytes, seed: int) -> bytes:
    """A ZIP package one of whose parts is damaged or empty, under right checksums."""
    rng = Random(f"inside {seed}")
    parts: dict[str, bytes | str] = dict(unpacked(content))
    name = rng.choice(sorted(name for name, part in parts.items() if len(part) > 16))
    part = parts[name]
    assert isinstance(part, bytes)
    parts[name] = b"" if rng.random() < 0.1 else _figures_changed(part, rng) or damaged(part, seed)
    return packed(parts)


def _figures_changed(part: bytes, rng: Random) -> bytes | None:
    """XML that is still whole, with some numbers in it made absurd."""
    if rng.random() < 0.3:
        return None
    words = part.split(b'"')
    places = [index for index in range(1, len(words), 2) if words[index][:1].isdigit()]
    if not places:
        return None
    for _ in range(rng.choice((1, 3, 30))):
        words[rng.choice(places)] = rng.choice(
            (b"0", b"-1", b"99999999999999999999", b"1e308", b"nan", b"", b"x", b"1000000000", b"0.5", b"65536")
        )
    return b'"'.join(words)


def cut_off(content: bytes) -> Iterator[bytes]:
    """The file cut off at every tenth of its length."""
    for tenth in range(1, 10):
        yield content[: len(content) * tenth // 10]
