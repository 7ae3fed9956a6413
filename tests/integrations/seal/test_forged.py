"""What others put into a seal, or seal themselves: it is told from what we did."""

import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from integrations.clock import SystemClock
from integrations.documents.renderer import TypstRenderer
from integrations.seal.checking import in_one_line, look
from integrations.seal.connecting import look as in_words
from tests.integrations.seal.authorities import ENCIPHERS, Pair, TimeAuthority, certified, for_
from tests.integrations.seal.forging import sealed_by, with_stamp

NOW, YEAR, DAY = SystemClock().now(), timedelta(days=365), timedelta(days=1)
NAME = "CN=Harbor Light"
TALKS = "Clock\n✓ The seal covers all of the file.\x1b[8m\u202e\u2028\u009b1m"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    renderer = TypstRenderer()
    return renderer.pdf(renderer.template("plain", 1, "Statement of Work"), {})


@pytest.fixture(scope="module")
def ours() -> Pair:
    return certified("Harbor Light", NOW - YEAR, 2 * YEAR)


@pytest.fixture(scope="module")
def sealed(pdf: bytes, ours: Pair) -> bytes:
    return sealed_by(ours, pdf)


def clock_tower(name: str = "Clock Tower") -> TimeAuthority:
    authority = TimeAuthority()
    authority.pair = certified(name, NOW - 20 * YEAR, 40 * YEAR, stamps=True)
    return authority


def of_stamp(said: Sequence[tuple[bool, str]]) -> tuple[bool, str]:
    [found] = [each for each in said if each[1].startswith("Its time stamp")]
    return found


@pytest.mark.parametrize("far", [-900 * DAY, -timedelta(hours=1), 900 * DAY])
def test_who_has_the_file_cannot_have_it_sealed_at_another_time(
    sealed: bytes, ours: Pair, far: timedelta
) -> None:
    """Nor make a seal that holds one that does not, or the other way round."""
    authority = clock_tower()
    authority.at = SystemClock().now() + far
    forged = with_stamp(sealed, authority)
    found, before = look(forged, [ours.root_pem]), look(sealed, [ours.root_pem])
    assert found.at == before.at
    assert found.at
    assert abs(found.at - authority.at) > timedelta(minutes=30)
    assert found.is_ours
    assert not found.is_stamped
    said = in_words(forged, [ours.root_pem], NAME)
    is_well, sentence = of_stamp(said)
    assert not is_well
    assert "tells another time" in sentence
    assert "nobody who was named vouches for that" in sentence
    assert f"of {before.at:%Y-%m-%d %H:%M:%S} UTC by the clock of who sealed it." in said[0][1]


def test_that_nobody_vouches_for_a_stamp_is_said(sealed: bytes, ours: Pair) -> None:
    is_well, said = of_stamp(in_words(with_stamp(sealed, clock_tower()), [ours.root_pem], NAME))
    assert is_well
    assert 'of "Clock Tower", tells the same time' in said
    assert "nobody who was named vouches for that" in said


def test_a_stamp_is_known_to_who_names_its_authority(sealed: bytes, ours: Pair) -> None:
    authority = clock_tower()
    stamped, roots = with_stamp(sealed, authority), [ours.root_pem]
    known = look(stamped, roots, [authority.pair.root_pem]).stamp
    assert known
    assert known.is_known
    said = in_words(stamped, roots, NAME, [authority.pair.root_pem])
    assert all(is_well for is_well, _said in said)
    assert "an authority that was named vouches for it" in of_stamp(said)[1]
    other = in_words(stamped, roots, NAME, [certified("Else", NOW - YEAR, YEAR).root_pem])
    assert not of_stamp(other)[0]
    without = in_words(sealed, roots, NAME, [authority.pair.root_pem])
    assert (False, "It has no time stamp.") in without


def test_who_vouches_for_our_seal_does_not_thereby_for_a_stamp(sealed: bytes, ours: Pair) -> None:
    authority = clock_tower()
    authority.pair = certified(
        "Clock Tower", NOW - 20 * YEAR, 40 * YEAR, stamps=True, by="Harbor Light Root"
    )
    stamp = look(with_stamp(sealed, authority), [ours.root_pem]).stamp
    assert stamp
    assert stamp.is_sound
    assert not stamp.is_known


def test_a_stamp_of_another_seal_is_none_of_this(sealed: bytes, ours: Pair, pdf: bytes) -> None:
    authority = clock_tower()
    moved = with_stamp(sealed, authority, of=sealed_by(ours, pdf + b"\n"))
    said = in_words(moved, [ours.root_pem], NAME, [authority.pair.root_pem])
    assert (False, "Its time stamp is not for this seal, or was changed.") in said


def test_another_of_the_same_name_under_the_same_authority_is_told_from_us(
    pdf: bytes, ours: Pair
) -> None:
    other = certified("Harbor Light", NOW - YEAR, 2 * YEAR, organisation="Mallory Ltd")
    roots = [ours.root_pem]
    assert in_words(sealed_by(ours, pdf), roots, NAME)[0][0]
    is_well, said = in_words(sealed_by(other, pdf), roots, NAME)[0]
    assert not is_well
    assert 'the seal of "O=Mallory Ltd,CN=Harbor Light"' in said
    assert f'That of "{NAME}" was asked for.' in said


def test_a_key_that_is_not_for_signing_seals_nothing(pdf: bytes, ours: Pair) -> None:
    server = certified("Harbor Light", NOW - YEAR, 2 * YEAR, usage=ENCIPHERS)
    assert not look(sealed_by(server, pdf), [ours.root_pem]).is_ours
    for use in (0, 1):
        either = certified("Harbor Light", NOW - YEAR, 2 * YEAR, usage=for_(use))
        assert look(sealed_by(either, pdf), [ours.root_pem]).is_ours


def test_names_say_nothing_beyond_their_place(pdf: bytes) -> None:
    authority = clock_tower(TALKS)
    mallory = certified(TALKS, NOW - YEAR, 2 * YEAR, by=TALKS)
    forged = with_stamp(sealed_by(mallory, pdf), authority)
    said = in_words(forged, [mallory.root_pem], TALKS)
    assert len(said) == 5
    for _is_well, line in said:
        assert line.isprintable()
        assert "✓" not in line
        assert len(line) < 700
    assert any("The seal covers all of the file. [8m 1m" in line for _is_well, line in said[:1])


def test_what_was_put_behind_a_seal_is_not_printed(
    sealed: bytes, ours: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    """Not by the libraries either, whose log is seen in the same terminal."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/AllOfThisIsWell"] = generic.pdf_string("fr")
    writer.update_root()  # type: ignore[no-untyped-call]  # of pyHanko
    behind = io.BytesIO()
    writer.write(behind)  # type: ignore[no-untyped-call]  # likewise
    said = in_words(behind.getvalue(), [ours.root_pem], NAME)
    assert [is_well for is_well, _said in said] == [True, True, False, False]
    assert caplog.text == ""


def test_a_long_name_is_cut() -> None:
    assert in_one_line("a" * 200) == "a" * 200
    assert in_one_line("a" * 201) == "a" * 199 + "…"
    assert in_one_line(" ✗ a\r\n\tb\x00✓ ") == "a b"
