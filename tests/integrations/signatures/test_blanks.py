"""Templates in DocuSign: filled in with what was approved, refused where they are not as it was."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ports import Blank, Filled, SignaturesRefused, Standing
from integrations.signatures.docusign import DocuSign
from tests.integrations.signatures.conftest import NOON, SOW, access
from tests.integrations.signatures.contract import CARRIED, WHOLE, Contract
from tests.integrations.signatures.double import Double
from tests.integrations.signatures.kept import template
from tests.integrations.signatures.serving import serving

SPECIFICATION = WHOLE / "docusign-esign-v2.1.trimmed.json"
FIELDS = {"sow_total": "8,000.00 USD", "sow_scope": "One.\nTwo.", "sow_fee": ""}
FILLED = replace(SOW, filled=Filled("sow-usa", "2026-11-01", FIELDS))

At = tuple[Double, DocuSign]


@pytest.fixture(params=["carried", "whole"])
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[At]:
    """An account with a template, by what is carried of the specification, and by all of it."""
    if request.param == "whole" and not SPECIFICATION.exists():
        pytest.skip("the whole specification is not at hand")
    contract = Contract(SPECIFICATION if request.param == "whole" else CARRIED)
    with serving(tmp_path, contract) as (double, trusted):
        double.now = lambda: NOON
        double.templates["sow-usa"] = template("sow-usa", FIELDS, changed="2026-11-01")
        yield double, DocuSign(access(double, trusted))
    assert double.problems == []


def test_it_says_what_can_be_filled_in(at: At) -> None:
    _double, docusign = at
    fields = frozenset(FIELDS)
    found = Blank(id="sow-usa", name="Our sow-usa", changed="2026-11-01", fields=fields)
    assert docusign.blank("sow-usa") == found


def test_the_client_takes_their_part_and_finds_all_of_it_filled_in_for_good(at: At) -> None:
    double, docusign = at
    envelope = docusign.prepare(FILLED)
    assert docusign.prepare(FILLED) == envelope == double.only.id
    assert double.mails == []
    [client] = double.only.signers
    said = {each["tabLabel"]: each["value"] for each in client["tabs"]["textTabs"]}
    assert said == FIELDS
    assert {each["locked"] for each in client["tabs"]["textTabs"]} == {"true"}
    assert (client["name"], client["email"]) == SOW.signer
    assert "documents" not in double.only.made

    docusign.send(envelope)
    double.sign(double.only, "CFO")

    answer = docusign.look(envelope)
    assert (answer.standing, answer.title) == (Standing.SIGNED, "CFO")
    assert [to for to, why in double.mails if why == "invitation"] == [
        "hank@globex.example",
        "marge@globex.example",
    ]


def test_one_that_was_changed_after_it_was_approved_is_refused(at: At) -> None:
    double, docusign = at
    double.templates["sow-usa"]["lastModifiedDateTime"] = "2026-11-22"
    with pytest.raises(SignaturesRefused, match="Our sow-usa was changed there after"):
        docusign.prepare(FILLED)
    assert double.envelopes == {}

    unknown = replace(FILLED, filled=Filled("sow-usa", "", FIELDS))
    assert docusign.prepare(unknown) == double.only.id


def test_one_that_does_not_show_what_was_approved_is_refused_before_it_leaves(at: At) -> None:
    double, docusign = at
    tabs = double.templates["sow-usa"]["recipients"]["signers"][0]["tabs"]
    tabs["textTabs"] = [each for each in tabs["textTabs"] if each["tabLabel"] != "sow_total"]
    for _ in range(2):
        with pytest.raises(SignaturesRefused, match="not say what was approved: sow_total"):
            docusign.prepare(FILLED)
    assert double.only.status == "created"
    assert double.mails == []


def test_lines_that_docusign_ends_in_its_own_way_say_the_same(at: At) -> None:
    double, docusign = at
    docusign.prepare(FILLED)
    for each in double.only.made["recipients"]["signers"][0]["tabs"]["textTabs"]:
        each["value"] = each["value"].replace("\n", "\r\n")
    assert docusign.prepare(FILLED) == double.only.id


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"roleName": "Customer"}, "Our sow-usa has no signer in the role Client"),
        ({"tabs": {"textTabs": []}}, "in Our sow-usa there is nowhere for Client to sign"),
    ],
)
def test_one_in_which_no_client_can_sign_is_refused(
    at: At, spoil: dict[str, object], why: str
) -> None:
    double, docusign = at
    double.templates["sow-usa"]["recipients"]["signers"][0] |= spoil
    with pytest.raises(SignaturesRefused, match=why):
        docusign.blank("sow-usa")


def test_one_that_is_not_there_is_refused(at: At) -> None:
    _double, docusign = at
    with pytest.raises(SignaturesRefused, match="template ID is invalid"):
        docusign.blank("another")
