"""What every way to sign promises: on our own page, and through each partner."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.deals import attached as files_of
from tests.journeys.deals import (
    content,
    drafted,
    entries,
    fill_in,
    is_sound,
    letters,
    page_form,
    press,
    ready,
    record,
    sent,
    told,
)
from tests.journeys.house import House, open_house
from tests.journeys.signing import AtDocuSign, OnPage, Signer, signing_house
from workflows.deal import Outcome


@dataclass
class Signing:
    """A house and how its client gets what was sent last."""

    house: House
    signer: Callable[[], Signer]


@pytest.fixture(params=["page", "docusign"])
async def signing(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Signing]:
    if request.param == "page":
        async with open_house(tmp_path) as house:
            yield Signing(house, lambda: OnPage(house))
        return
    async with signing_house(tmp_path) as (house, double):
        yield Signing(house, lambda: AtDocuSign(house, double))


async def at_the_client(signing: Signing) -> Signer:
    await ready(signing.house)
    await sent(signing.house)
    await signing.house.quiet()
    return signing.signer()


async def test_an_approval_moves_it_to_billing_and_leaves_proof(signing: Signing) -> None:
    house, signer = signing.house, await at_the_client(signing)

    await signer.approve()

    assert house.request("SOW-1").stage == "invoicing"
    signature = record(house).signature
    assert signature is not None
    assert (signature.name, signature.title) == ("Hank Scorpio", "CEO")
    assert (signature.email, signature.version) == ("hank@globex.example", 1)
    certificate = content(house, signature.certificate_sha256)
    assert certificate.startswith(b"%PDF")
    [entry] = [each for each in entries(house) if each.action == "client_approve"]
    assert entry.detail["document"] == record(house).versions[0].sha256
    signed = content(house, signature.signed_sha256 or record(house).versions[0].sha256)
    for to in ("hank@globex.example", "dian@harborlight.example"):
        copy = files_of(letters(house, to)[-1])
        assert sorted(copy.values()) == sorted([signed, certificate])
    is_sound(house)


async def test_it_is_approved_once_however_often(signing: Signing) -> None:
    house, signer = signing.house, await at_the_client(signing)

    await signer.approve()
    await signer.approve()

    assert [each.action for each in entries(house)].count("client_approve") == 1
    approved = [each for each in letters(house) if "Approved" in str(each["subject"])]
    assert len(approved) == 1
    is_sound(house)


async def test_a_client_who_declines_is_heard_with_the_reason(signing: Signing) -> None:
    house, signer = signing.house, await at_the_client(signing)

    await signer.decline("Our board has frozen new projects.")

    assert house.request("SOW-1").stage == "client_declined"
    assert record(house).versions[0].outcome is Outcome.DECLINED
    for handle in ("dian", "ana", "hugo"):
        assert "Our board has frozen new projects." in told(house, handle)
    is_sound(house)


async def test_changes_are_asked_for_and_the_next_version_is_approved(signing: Signing) -> None:
    house, signer = signing.house, await at_the_client(signing)

    await signer.ask_for_changes("60 days, please.")

    assert house.request("SOW-1").stage == "client_changes"
    assert "60 days, please." in told(house, "dian")
    await drafted(house, payment_terms="60 days net")
    await sent(house)
    await house.quiet()
    await signing.signer().approve()
    assert house.request("SOW-1").stage == "invoicing"
    signature = record(house).signature
    assert signature is not None
    assert signature.version == 2
    is_sound(house)


async def test_a_new_version_takes_the_old_one_back(signing: Signing) -> None:
    house, old = signing.house, await at_the_client(signing)
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="60 days net")

    await old.approve()

    assert house.request("SOW-1").stage == "ready"
    assert record(house).signature is None
    await sent(house)
    await house.quiet()
    await old.approve()
    assert record(house).signature is None
    await signing.signer().approve()
    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


async def test_what_is_put_on_hold_cannot_be_signed_until_it_goes_on(signing: Signing) -> None:
    house, old = signing.house, await at_the_client(signing)
    modal = await page_form(house, house.person("ana"), "SOW-1", "Put on hold")
    await fill_in(house, modal, reason="Their budget round.")

    await old.approve()

    assert house.request("SOW-1").stage == "on_hold"
    await press(house, house.person("ana"), "Go on")
    assert house.request("SOW-1").stage == "with_client"
    await signing.signer().approve()
    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


async def test_what_is_sent_to_somebody_else_is_theirs_alone_to_sign(signing: Signing) -> None:
    house, old = signing.house, await at_the_client(signing)
    modal = await page_form(house, house.person("dian"), "SOW-1", "Send again")
    marge = {"contact_name": "Marge Simpson", "contact_email": "marge@globex.example"}
    await fill_in(house, modal, **marge)
    await house.quiet()

    await old.approve()

    assert house.request("SOW-1").stage == "with_client"
    assert record(house).signature is None
    is_sound(house)
