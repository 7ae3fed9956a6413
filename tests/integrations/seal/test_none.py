"""No seal, and one that cannot be used: the core runs without what seals."""

import pytest

from bot.ports import LockedSeal, Seal, SealUnavailable, Unsealed


def test_without_a_seal_everything_stays_as_it_is() -> None:
    seal: Seal = Unsealed()
    assert (seal.name, seal.root, seal.check()) == ("", b"", None)
    assert seal.sealed(b"%PDF-", "reason") == b"%PDF-"


def test_with_one_that_cannot_be_used_nothing_goes_on_unsealed() -> None:
    seal: Seal = LockedSeal(SealUnavailable("it is not installed", "Install it."))
    attempts = (
        lambda: seal.sealed(b"%PDF-", "reason"),
        seal.check,
        lambda: seal.name,
        lambda: seal.root,
    )
    for each in attempts:
        with pytest.raises(SealUnavailable, match="it is not installed") as refused:
            each()
        assert refused.value.fix == "Install it."
