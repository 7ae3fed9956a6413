"""What people do, told so that they can do it once more: they look first what is before them.

A form that is still open is filled in again and handed in; else its button is pressed.
"""

import re
from collections.abc import Awaitable, Callable

from sandbox import Card, Modal, Person
from sandbox.errors import NothingOpen
from sandbox.gestures import uploading
from sandbox.story.screen import Result
from tests.faults.stage import Deed, Stage, Unanswered
from tests.journeys.assets import pdf
from tests.journeys.deals import Client, letters, text_of

Opens = Callable[[Stage, Person], Awaitable[Result]]
Finds = Callable[[Stage, Modal], object]
"""An answer that is known only when the form is open."""


def offering(person: Person, button: str, about: str = "") -> Card:
    """Return the person's newest message that offers ``button`` and says ``about``."""
    cards = person.dm_with_bot().messages
    found = [card for card in cards if button in card.buttons and about in card.text]
    assert found, f"nothing offers {person.handle} {button!r}"
    return found[-1]


def by_button(button: str, about: str = "") -> Opens:
    """Something opens, or happens, by a button of a message."""

    async def opens(_stage: Stage, person: Person) -> Result:
        return await offering(person, button, about).click(button)

    return opens


def presses_reply(handle: str, button: str, about: str) -> Deed:
    """Somebody presses a button of the newest message, replies too, that has it and says so."""

    async def gesture(_stage: Stage, person: Person) -> Result:
        found = [each for each in person.dm_with_bot().cards(about) if button in each.buttons]
        assert found, f"nothing that says {about!r} offers {person.handle} {button!r}"
        return await found[-1].click(button)

    return does(handle, gesture)


def asks_for_file(handle: str, button: str) -> Deed:
    """Somebody presses a button that is called like the file that comes, unless it is there."""

    async def deed(stage: Stage) -> None:
        ending = f".{button.lower()}"
        cards = stage.person(handle).dm_with_bot().messages
        if not any(name.endswith(ending) for card in cards for name in card.files):
            await presses(handle, button)(stage)

    return deed


def by_command(command: str, text: str = "", channel: str = "sales") -> Opens:
    """Something opens, or is said, because of a slash command."""

    async def opens(_stage: Stage, person: Person) -> Result:
        return await person.command(command, text, channel=channel)

    return opens


def does(handle: str, gesture: Opens) -> Deed:
    """Somebody makes a gesture that needs no form."""

    async def deed(stage: Stage) -> None:
        _answered(await gesture(stage, stage.person(handle)))

    return deed


def presses(handle: str, button: str, about: str = "") -> Deed:
    """Somebody presses a button of their newest message that has it."""
    return does(handle, by_button(button, about))


def hands_in(handle: str, opens: Opens, **answers: object) -> Deed:
    """Somebody opens a form, fills it in and hands it in. An answer may be found in the form."""

    async def deed(stage: Stage) -> None:
        modal = await _form(stage, stage.person(handle), opens)
        for name, value in answers.items():
            if (found := value(stage, modal) if callable(value) else value) != _standing(
                modal, name
            ):
                _answered(await modal.enter(name, found))
        await _taken(modal)

    return deed


def hands_in_on_page(handle: str, button: str, ref: str, **answers: object) -> Deed:
    """Somebody opens a request's page, and from there a form, fills it in and hands it in."""

    async def deed(stage: Stage) -> None:
        person = stage.person(handle)
        front = await _form(stage, person, by_button("Details", ref))
        if front.title == ref:
            _answered(await front.click(button))
        await hands_in(handle, by_button(button), **answers)(stage)
        if person.modal is not None:
            await person.modal.close_all()

    return deed


def adds_price(handle: str, opens: Opens, text: str, price: str, total: str) -> Deed:
    """Somebody opens the form of a version, adds a price line, sees the total and hands it in.

    Whatever is open already is gone on with.
    """

    async def deed(stage: Stage) -> None:
        form = await _form(stage, stage.person(handle), opens)
        if form.depth == 1 and total not in form.text:
            _answered(await form.click("open:prices"))
        if form.depth == 2 and text not in form.text:
            _answered(await form.click("Add a price line"))
        if form.depth == 3:
            _answered(await form.enter("What is paid for?", text))
            _answered(await form.enter("Price each", price))
            await _taken(form)
        if form.depth == 2:
            await form.close()
        await form.wait_for_text(total)
        await _taken(form)

    return deed


def sets(handle: str, label: str, **answers: str) -> Deed:
    """Somebody changes a setting in ``/requests admin``, unless it stands there already."""

    async def deed(stage: Stage) -> None:
        person = stage.person(handle)
        if person.modal is not None:
            await person.modal.close_all()
        shown = await _form(stage, person, by_command("/requests", "admin"))
        _answered(await shown.click(f"Edit: {label}"))
        form = await _form(stage, person, by_command("/requests", "admin"))
        if any(_standing(form, name) != value for name, value in answers.items()):
            for name, value in answers.items():
                _answered(await form.enter(name, value))
            await _taken(form)
        if person.modal is not None:
            await person.modal.close_all()

    return deed


def gives_up(handle: str, opens: Opens, **answers: object) -> Deed:
    """Somebody begins to fill a form in and closes it.

    Slack says once that a form was closed. Whoever is not told that their draft is kept finds it
    when they open the form again.
    """

    async def deed(stage: Stage) -> None:
        person = stage.person(handle)
        modal = await _form(stage, person, opens)
        for name, value in answers.items():
            _answered(await modal.enter(name, value))
        await stage.quiet()
        await modal.close()
        await stage.died_at_last()
        await stage.quiet()
        if not person.dm_with_bot().cards("Your draft is kept"):
            again = await _form(stage, person, opens)
            await again.click("Resume")
            await stage.quiet()
            await again.close()

    return deed


def with_file(name: str, text: str) -> Finds:
    """Return an answer that is a PDF of one's own, uploaded when it is needed."""

    def found(stage: Stage, modal: Modal) -> object:
        return [uploading.upload(stage.workspace.slack, modal.view.viewer, name, pdf(text), None)]

    return found


def all_of(name: str) -> Finds:
    """Return an answer that ticks every box of ``name``."""
    return lambda _stage, modal: modal.options(name)


def user(handle: str) -> Finds:
    """Return an answer that is somebody's id."""
    return lambda stage, _modal: stage.person(handle).id


def answers_as_client(what: str, **fields: str) -> Deed:
    """The client hands in a form of the page of the latest link."""

    async def deed(stage: Stage) -> None:
        links = [each for each in letters(stage) if re.search(r"/r/([\w-]{20,})", text_of(each))]
        answer = await Client.of(stage, links[-1]).answer(what, **fields)
        if answer.status_code != 303:
            raise Unanswered(answer.text)

    return deed


def job(*names: str) -> Deed:
    """Jobs of the scheduler run."""

    async def deed(stage: Stage) -> None:
        for name in names:
            await stage.job(name)
            await stage.quiet()

    return deed


async def nothing(_stage: Stage) -> None:
    """Nobody does anything; it is the time that passes."""


def opens_home(handle: str) -> Deed:
    """Somebody looks at their Home tab."""

    async def deed(stage: Stage) -> None:
        await _heard(stage, stage.person(handle).open_home())

    return deed


def says(handle: str, text: str) -> Deed:
    """Somebody writes to the bot."""

    async def deed(stage: Stage) -> None:
        await _heard(stage, stage.person(handle).dm(text))

    return deed


def writes_below(handle: str, about: str, text: str) -> Deed:
    """Somebody writes below their newest card that says ``about``."""

    async def deed(stage: Stage) -> None:
        person = stage.person(handle)
        card = person.dm_with_bot().cards(about)[-1]
        await _heard(stage, person.dm(text, thread=card))

    return deed


def posts_link(handle: str, channel: str, ref: str) -> Deed:
    """Somebody posts the link to a request."""

    async def deed(stage: Stage) -> None:
        text = f"See {stage.settings.public_url}/requests/{ref}, please."
        await _heard(stage, stage.person(handle).say(channel, text), "link_shared")

    return deed


def together(*deeds: Deed) -> Deed:
    """One after the other, with nothing left to do in between."""

    async def deed(stage: Stage) -> None:
        for each in deeds:
            await stage.persist(each)

    return deed


async def _heard(stage: Stage, gesture: Awaitable[object], kind: str = "") -> None:
    """Do something of which Slack tells the bot by an event, and wait until it has tried.

    ``kind``: of which event, where there are several; any, where none is named.
    """

    def tried() -> int:
        deliveries = stage.workspace.deliveries
        return len(deliveries.of(kind)) if kind else len(deliveries)

    before = tried()
    await gesture
    await stage.until(lambda: tried() > before, "Slack tells the bot")


def _answered(result: Result) -> Result:
    """Return what came of a gesture. Raises Unanswered when Slack says that nothing did."""
    if result.toast:
        raise Unanswered(result.toast)
    return result


async def _form(stage: Stage, person: Person, opens: Opens) -> Modal:
    """Return the form that is open already, else one that opens now."""
    if person.modal is not None:
        return person.modal
    result = await opens(stage, person)
    if result.modal is None:
        raise Unanswered(result.toast or "no form has opened")
    return result.modal


async def _taken(modal: Modal) -> None:
    """Hand the form in front in. Raises Unanswered when Slack says that nothing came of it."""
    depth, result = modal.depth, await modal.submit()
    if result.trouble:
        raise Unanswered(result.trouble)
    assert result.closed or modal.depth < depth, (result.errors, modal.text)


def _standing(modal: Modal, name: str) -> object:
    try:
        return modal.value(name)
    except (NothingOpen, KeyError):
        return None
