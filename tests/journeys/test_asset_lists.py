"""The lists behind the forms are kept in Slack, and extended by what people miss."""

import pytest

from bot.keeping import DEFAULTS, keepers
from sandbox import Modal
from tests.journeys.assets import accept, post_draft
from tests.journeys.deals import offering
from tests.journeys.house import House, ask_for_asset
from tests.journeys.shelf import approved
from tests.journeys.triage import refused, saved, send

INDUSTRY, KIND = "Industry", "Which kind of asset?"
GOAL = "Which goal does it serve?"


async def form_of(house: House, handle: str, text: str = "") -> Modal:
    """Return the form that ``/asset`` opens."""
    person = house.person(handle)
    return await (await person.command("/asset", text, channel="sales")).modal_opened()


def kept(house: House, name: str) -> tuple[str, ...] | None:
    """Return a list as the database holds it."""
    with house.frontdesk.database.unit() as unit:
        return unit.lists.get(name)


def who_keeps(house: House) -> frozenset[str]:
    """Return who keeps the lists now, by user id."""
    with house.frontdesk.database.unit() as unit:
        return keepers(unit)


async def test_an_admin_changes_what_the_form_offers(house: House) -> None:
    before = await form_of(house, "ben")
    assert before.options(INDUSTRY) == list(DEFAULTS["industries"])
    assert before.options(KIND) == [*DEFAULTS["asset_types"], "Other"]
    assert GOAL not in before.labels
    answers = {"requester_role": "Sales rep", "kind": "new", "purpose": "A pitch."}
    await before.fill(**answers, asset_type="deck", deadline="2027-02-01", industry="Fintech")

    await saved(
        house,
        "adam",
        "lists",
        industries="Mining\n• Fishing  and  farming",
        asset_types="Deck\nWhite paper",
        goals="Win hospitals = 3\nFaster answers",
    )

    assert house.audited("")[-1] == "keep_lists"
    form = await form_of(house, "ana")
    assert form.options(INDUSTRY) == ["Mining", "Fishing and farming"]
    assert form.options(KIND) == ["Deck", "White paper", "Other"]
    assert form.options(GOAL) == ["Win hospitals", "Faster answers"]
    gone = "This is not offered any more. Please choose one."
    assert await refused(before) == {INDUSTRY: gone}
    chosen = {"asset_type": "white_paper", "industry": "Mining", "goal": "Faster answers"}
    await send(house, form, **(answers | chosen), deadline="2027-02-01")
    details = house.request("AST-1").details
    assert {name: getattr(details, name) for name in chosen} == chosen
    assert "White paper, due Mon 1 Feb 2027" in house.person("sol").dm_with_bot().cards()[-1].text
    again = await form_of(house, "hana", "lists")
    assert again.fields["Goals of sales enablement"] == "Win hospitals = 3\nFaster answers"
    assert again.fields["Industries"] == "Mining\nFishing and farming"


@pytest.mark.parametrize("subcommand", ["lists", "weights"])
async def test_nobody_else_keeps_them(small_house: House, subcommand: str) -> None:
    said = "Only admins, triage and the head of marketing keep the lists."
    for handle in ("ben", "audra", "hugo"):
        person = small_house.person(handle)
        result = await person.command("/asset", subcommand, channel="sales")
        assert (await result.replied()).text == said
        assert result.modal is None
    form = await form_of(small_house, "sol", subcommand)
    small_house.workspace.set_group("sales-ops", ["ben"])
    sol = small_house.person("sol").id
    await small_house.until(lambda: sol not in who_keeps(small_house), "Sol has another job")
    submitted = await form.submit()
    assert submitted.modal is not None
    assert said in form.text
    assert kept(small_house, "industries") is None
    assert kept(small_house, "weights") is None


async def test_a_wrong_line_is_named(small_house: House) -> None:
    form = await form_of(small_house, "adam", "lists")
    wrong: dict[str, object] = {
        "industries": "Mining\nmining",
        "audiences": "CFOs\n" + "x" * 76,
        "goals": "Faster answers\nWin hospitals = 11",
        "guidelines": "Brand book",
    }

    assert await refused(form, **wrong) == {
        "Industries": "Line 2: “mining” stands there already.",
        "Audiences": "Line 2: This is too long: at most 75 characters, please.",
        "Goals of sales enablement": (
            "Line 2: After = comes a weight, a whole number from 1 to 10."
        ),
        "Guidelines and templates": "Line 1: Please write a name, then | and a link.",
    }
    errors = await refused(
        form,
        industries="Mining",
        audiences="",
        goals="= 3",
        guidelines="Brand book | brand.example",
    )
    assert errors == {
        "Goals of sales enablement": "Line 1: The name is missing.",
        "Guidelines and templates": (
            "Line 1: This is not a link. It begins with https://, "
            "for example https://drive.example/deck."
        ),
    }
    assert kept(small_house, "industries") is None
    link = "Brand book | https://brand.example/book"
    await send(small_house, form, goals="", guidelines=link)
    assert (kept(small_house, "industries"), kept(small_house, "audiences")) == (("Mining",), ())
    await ask_for_asset(small_house.person("ben"))
    await small_house.quiet()
    await accept(small_house, "AST-1")
    brief = small_house.person("mia").dm_with_bot().cards("Brand book")
    assert len(brief) == 1


@pytest.mark.prove
async def test_a_tag_that_is_missing_is_added_by_one_click(small_house: House) -> None:
    house = small_house
    await ask_for_asset(house.person("ben"))
    await house.quiet()
    await accept(house, "AST-1")
    await post_draft(house, "AST-1", "mia", "Initech")
    await approved(house, "AST-1")
    form = await (await offering(house.person("mia"), "Deliver").click("Deliver")).modal_opened()
    assert "Products" not in form.labels
    words = {"title": "Initech", "use_when": "In a first meeting.", "whom_for": "CFOs"}
    await send(house, form, **words, missing_tag="Shipping *& more*")

    asked = house.person("adam").dm_with_bot().cards("Shipping")
    assert len(asked) == 1
    assert '@Mia Tanaka missed Shipping *& more* in the list "products".' in asked[0].text
    assert house.person("ben").dm_with_bot().cards("missed Shipping") == []
    assert kept(house, "products") is None
    said = await (await asked[0].click("Add it")).modal_opened()
    assert "“Shipping *& more*” is among the products now" in said.text
    assert kept(house, "products") == ("Shipping *& more*",)
    assert house.audited("")[-1] == "keep_lists"
    twice = await house.person("sol").dm_with_bot().cards("Shipping")[0].click("Add it")
    refusal = "That value is in the list already, or nobody suggested it."
    assert (await twice.replied()).text == refusal
    assert kept(house, "products") == ("Shipping *& more*",)
    shelf = await (await house.person("mia").command("/shelf", channel="sales")).modal_opened()
    assert shelf.options("Products") == ["Shipping *& more*"]
