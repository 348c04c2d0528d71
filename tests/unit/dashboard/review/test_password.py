import pytest

from etl.dashboard.review.password import hashed, matches
from etl.dashboard.review.session import LASTS, Sessions, Throttle, is_own

PASSWORD = "核对-所印-数字"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_only_the_password_matches_and_it_is_not_kept() -> None:
    stored = hashed(PASSWORD)
    assert matches(stored, PASSWORD)
    assert not matches(stored, f"{PASSWORD} ")
    assert not matches(stored, "")
    assert PASSWORD not in stored
    assert hashed(PASSWORD) != stored


@pytest.mark.parametrize("stored", ["", "scrypt:x", PASSWORD, "plain:1:2:3:00:00", "scrypt:32768:8:1:zz:zz"])
def test_what_is_no_hash_matches_nothing(stored: str) -> None:
    assert not matches(stored, PASSWORD)
    assert not matches(stored, stored)


def test_a_session_ends() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    secret = sessions.begin()
    session = sessions.find(secret)
    assert session is not None
    assert is_own(session, session.token)
    assert not is_own(session, "")
    assert session.token != secret
    clock.now += LASTS + 1
    assert sessions.find(secret) is None
    assert sessions.find(None) is None


def test_a_session_can_be_ended() -> None:
    sessions = Sessions(Clock())
    secret = sessions.begin()
    sessions.end(secret)
    assert sessions.find(secret) is None


def test_many_sessions_push_out_the_oldest() -> None:
    sessions = Sessions(Clock())
    first = sessions.begin()
    for _ in range(300):
        last = sessions.begin()
    assert sessions.find(first) is None
    assert sessions.find(last) is not None


def test_wrong_passwords_of_an_address_make_it_wait() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(5):
        assert throttle.wait("10.0.0.1") == 0
        throttle.note_wrong("10.0.0.1")
        clock.now += 1
    assert 0 < throttle.wait("10.0.0.1") <= 15 * 60
    assert throttle.wait("10.0.0.2") == 0
    clock.now += throttle.wait("10.0.0.1")
    assert throttle.wait("10.0.0.1") == 0


def test_wrong_passwords_of_many_addresses_make_all_wait() -> None:
    throttle = Throttle(Clock())
    for number in range(50):
        throttle.note_wrong(f"10.0.0.{number}")
    assert throttle.wait("10.0.1.1") > 0
