"""A seal whose key stays in a token, by SoftHSM's."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports import Seal, SealUnavailable
from integrations.clock import SystemClock
from integrations.documents.renderer import TypstRenderer
from integrations.seal.checking import look
from integrations.seal.connecting import TokenPlace, connect
from tests.integrations.seal.authorities import TimeAuthority, certified, key
from tests.poppler import said_of
from tests.softhsm import PIN, Token

NOW, YEAR = SystemClock().now(), timedelta(days=365)
NAME = "Harbor Light"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    renderer = TypstRenderer()
    return renderer.pdf(renderer.template("plain", 1, "Statement of Work"), {})


@pytest.fixture(scope="module")
def kept(token: Token) -> Token:
    """A token with a key that has a certificate."""
    token.keep("seal", certified(NAME, NOW - YEAR, 2 * YEAR))
    return token


def seal_of(place: TokenPlace, pin: str = PIN, timestamps: str = "") -> Seal:
    clock = SystemClock()
    return connect(None, pin, timestamps, folder=Path(), company="", clock=clock, token=place)


def test_it_seals_as_any_other_key(kept: Token, pdf: bytes, pdfsig: Path, tmp_path: Path) -> None:
    authority = TimeAuthority()
    with authority.open() as url:
        seal = seal_of(TokenPlace(kept.module, kept.label, "seal"), timestamps=url)
        made = seal.sealed(pdf, "SOW-1, version 1, as approved")
    assert made.startswith(pdf)
    found = look(made, [seal.root])
    assert (found.name, seal.name) == (NAME, NAME)
    assert found.is_unchanged
    assert found.is_ours
    assert found.is_stamped
    (tmp_path / "sealed.pdf").write_bytes(made)
    assert "Signature is Valid." in said_of(pdfsig, tmp_path / "sealed.pdf")


def test_many_seal_at_once(kept: Token, pdf: bytes) -> None:
    """A whole process is logged in to a token, or nobody in it is."""
    seals = [seal_of(TokenPlace(kept.module, kept.label, "seal")) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda nth: seals[nth % 2].sealed(pdf, ""), range(8)))
    assert all(look(each, [seals[0].root]).is_ours for each in made)


def test_a_renewed_certificate_is_taken(kept: Token, pdf: bytes) -> None:
    seal = seal_of(TokenPlace(kept.module, kept.label, "seal"))
    before = seal.check()
    renewed = certified(NAME, NOW - YEAR, 4 * YEAR)
    kept.certify("seal", renewed)
    after = seal.check()
    assert before
    assert after
    assert after.until > before.until
    assert look(seal.sealed(pdf, ""), [renewed.root_pem]).is_ours


@pytest.mark.parametrize(
    ("module", "label", "name", "said"),
    [
        ("", "Elsewhere", "seal", "there is no such token"),
        ("", "", "other", "there is no key other by RSA"),
        ("/nowhere/p11.so", "", "seal", "cannot open shared object file"),
    ],
)
def test_what_is_not_there_is_said_with_its_fix(
    kept: Token, module: str, label: str, name: str, said: str
) -> None:
    place = TokenPlace(Path(module or kept.module), label or kept.label, name)
    with pytest.raises(SealUnavailable, match=said) as refused:
        seal_of(place).check()
    assert "FRONTDESK_SEAL" in refused.value.fix
    assert PIN not in f"{refused.value} {refused.value.fix}"


def test_a_key_without_a_certificate_seals_nothing(token: Token, pdf: bytes) -> None:
    token.keep("naked", replace(certified("Nobody", NOW - YEAR, 2 * YEAR), key=key(2)))
    with pytest.raises(SealUnavailable, match="no certificate of the key naked"):
        seal_of(TokenPlace(token.module, token.label, "naked")).sealed(pdf, "")


def test_a_wrong_pin_is_tried_once_as_a_token_locks_itself(kept: Token) -> None:
    place = TokenPlace(kept.module, kept.label, "seal")
    seal = seal_of(place, "1414")
    with pytest.raises(SealUnavailable, match="refuses the PIN in FRONTDESK_SEAL_PASSWORD"):
        seal.check()
    with pytest.raises(SealUnavailable, match="not tried again until a restart"):
        seal.check()
    assert seal_of(place).check()
