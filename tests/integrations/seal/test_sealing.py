"""Seals, and what is found of them: by pyHanko's own validation and by poppler's."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from bot.ports import Seal, SealUnavailable
from integrations.clock import SystemClock
from integrations.documents.renderer import TypstRenderer
from integrations.seal.checking import NoSeal, look
from integrations.seal.connecting import connect
from tests.integrations.seal.authorities import (
    ENCIPHERS,
    SIGNS,
    StillClock,
    TimeAuthority,
    certified,
    key_file,
)
from tests.integrations.seal.unusual import UNUSUAL
from tests.poppler import said_of

NOW = SystemClock().now()
YEAR, DAY = timedelta(days=365), timedelta(days=1)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A PDF as Frontdesk makes them."""
    renderer = TypstRenderer()
    source = "Statement of *Work*, Ünïcode \n#pagebreak()\n The end."
    return renderer.pdf(renderer.template("plain", 1, source), {})


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    """An authority of its own; its keys take a while to make."""
    return own(tmp_path_factory.mktemp("ours"))


def own(folder: Path, timestamps: str = "") -> Seal:
    return connect(
        None,
        "",
        timestamps,
        folder=folder / "seal",
        company="Harbor Light",
        clock=SystemClock(),
    )


PASSWORD = "not real"


def of_file(folder: Path, *, password: str = PASSWORD, usage: x509.KeyUsage | None = SIGNS) -> Seal:
    pair = certified("Harbor Light GmbH", NOW - YEAR, 3 * YEAR, usage=usage)
    file = key_file(folder / "seal.p12", pair, PASSWORD)
    return connect(file, password, "", folder=folder, company="", clock=SystemClock())


@pytest.mark.parametrize("is_own", [True, False])
def test_what_is_sealed_begins_with_the_same_bytes_and_is_whole(
    tmp_path: Path, pdf: bytes, pdfsig: Path, ours: Seal, *, is_own: bool
) -> None:
    seal = ours if is_own else of_file(tmp_path)
    made = seal.sealed(pdf, "SOW-1, version 1, as approved")
    assert made.startswith(pdf)
    found = look(made, [seal.root])
    assert found.name == seal.name
    assert seal.name.startswith("Harbor Light")
    assert found.is_unchanged
    assert found.is_ours
    (tmp_path / "sealed.pdf").write_bytes(made)
    said = said_of(pdfsig, tmp_path / "sealed.pdf")
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert f"Common Name: {seal.name}\n" in said


def test_who_has_another_root_does_not_know_it(tmp_path: Path, pdf: bytes, ours: Seal) -> None:
    made = ours.sealed(pdf, "")
    found = look(made, [of_file(tmp_path).root])
    assert found.is_unchanged
    assert not found.is_ours
    assert not look(made, []).is_ours


def test_a_flipped_byte_is_found_wherever_it_is(
    tmp_path: Path, pdf: bytes, pdfsig: Path, ours: Seal
) -> None:
    """Between the angle brackets the seal itself is, with room that says nothing."""
    made = ours.sealed(pdf, "")
    begin = made.index(b"/Contents <", len(pdf))
    end = made.index(b">", begin)
    behind = range(end + 1, len(made), 150)
    for place in [*range(0, begin, begin // 25), *behind]:
        flipped = bytearray(made)
        flipped[place] ^= 1
        try:
            found = look(bytes(flipped), [ours.root])
        except NoSeal:
            continue
        assert not found.is_unchanged, place
    flipped = bytearray(made)
    flipped[pdf.index(b"stream") + 20] ^= 1
    (tmp_path / "flipped.pdf").write_bytes(flipped)
    said = said_of(pdfsig, tmp_path / "flipped.pdf")
    assert "Digest Mismatch" in said
    assert "Signature is Valid" not in said


def test_what_is_put_behind_it_is_found(
    tmp_path: Path, pdf: bytes, pdfsig: Path, ours: Seal
) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(ours.sealed(pdf, "")))
    writer.root["/Lang"] = generic.pdf_string("fr")
    writer.update_root()  # type: ignore[no-untyped-call]  # of pyHanko
    behind = io.BytesIO()
    writer.write(behind)  # type: ignore[no-untyped-call]  # likewise
    found = look(behind.getvalue(), [ours.root])
    assert not found.is_whole
    assert not found.is_unchanged
    (tmp_path / "behind.pdf").write_bytes(behind.getvalue())
    assert "Not total document signed" in said_of(pdfsig, tmp_path / "behind.pdf")


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_neither_sealed_nor_looked_at(ours: Seal, content: bytes) -> None:
    with pytest.raises(SealUnavailable, match="nothing could be sealed"):
        ours.sealed(content, "")
    with pytest.raises(NoSeal, match="cannot be read"):
        look(content, [])


def test_a_pdf_without_a_seal_has_none(pdf: bytes) -> None:
    with pytest.raises(NoSeal, match="it has no seal"):
        look(pdf, [])


def test_a_certificate_that_does_not_say_what_it_is_for_will_do(tmp_path: Path, pdf: bytes) -> None:
    seal = of_file(tmp_path, usage=None)
    assert look(seal.sealed(pdf, ""), [seal.root]).is_ours


def test_with_a_key_that_is_not_for_signing_nothing_is_sealed(tmp_path: Path, pdf: bytes) -> None:
    with pytest.raises(SealUnavailable, match="Harbor Light GmbH is not for signing") as refused:
        of_file(tmp_path, usage=ENCIPHERS).sealed(pdf, "")
    assert "FRONTDESK_SEAL" in refused.value.fix


def test_a_lost_password_is_said_with_its_fix_and_is_in_no_message(
    tmp_path: Path, pdf: bytes
) -> None:
    with pytest.raises(SealUnavailable, match="FRONTDESK_SEAL_PASSWORD does not open") as refused:
        of_file(tmp_path, password="wrong").sealed(pdf, "")
    assert refused.value.fix == "Correct FRONTDESK_SEAL or its password."
    assert "wrong" not in f"{refused.value} {refused.value.fix}"


def test_a_file_that_is_not_there_is_said_and_taken_when_it_is(tmp_path: Path, pdf: bytes) -> None:
    seal = of_file(tmp_path)
    (tmp_path / "seal.p12").rename(tmp_path / "elsewhere.p12")
    with pytest.raises(SealUnavailable, match="cannot be read: No such file"):
        seal.check()
    (tmp_path / "elsewhere.p12").rename(tmp_path / "seal.p12")
    assert seal.sealed(pdf, "").startswith(pdf)


@pytest.mark.parametrize(
    ("begins", "lasts", "said"),
    [(-2 * YEAR, YEAR, "ended on"), (YEAR, YEAR, "begins on")],
)
def test_with_a_certificate_that_does_not_hold_now_nothing_is_sealed(
    tmp_path: Path, pdf: bytes, begins: timedelta, lasts: timedelta, said: str
) -> None:
    file = key_file(tmp_path / "seal.p12", certified("Harbor Light", NOW + begins, lasts))
    seal = connect(file, "", "", folder=tmp_path, company="", clock=StillClock())
    for attempt in (seal.check, lambda: seal.sealed(pdf, "")):
        with pytest.raises(SealUnavailable, match=said) as refused:
            attempt()
        assert refused.value.fix


def test_with_a_stamp_the_time_is_the_authoritys(tmp_path: Path, pdf: bytes, pdfsig: Path) -> None:
    authority = TimeAuthority()
    with authority.open() as url:
        seal = own(tmp_path, url)
        made = seal.sealed(pdf, "")
    found = look(made, [seal.root])
    assert found.stamp
    assert found.stamp.by == "Clock Tower"
    assert found.is_stamped
    assert not found.stamp.is_known
    assert found.is_unchanged
    assert found.is_ours
    assert authority.asked == 1
    (tmp_path / "sealed.pdf").write_bytes(made)
    assert "Signature is Valid." in said_of(pdfsig, tmp_path / "sealed.pdf")


def test_what_came_with_the_certificate_and_vouches_for_nothing_may_have_ended(
    tmp_path: Path, pdf: bytes
) -> None:
    pair, old = certified("Harbor Light", NOW - YEAR, 3 * YEAR), certified("Old", NOW - YEAR, DAY)
    file = key_file(tmp_path / "seal.p12", pair, others=[old.root])
    seal = connect(file, "", "", folder=tmp_path, company="", clock=SystemClock())
    assert look(seal.sealed(pdf, ""), [pair.root_pem]).is_ours


def test_a_kind_of_key_that_nobody_here_knows_is_a_reason_and_no_end(tmp_path: Path) -> None:
    file = tmp_path / "seal.p12"
    file.touch(mode=0o600)
    file.write_bytes(UNUSUAL)
    with pytest.raises(SealUnavailable, match=r"is no \.p12 file"):
        connect(file, "", "", folder=tmp_path, company="", clock=SystemClock()).check()
