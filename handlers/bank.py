"""Bank statements: the forms, and the buttons of their window."""

from collections.abc import Mapping

from slack_bolt import Ack, App

from bot.bank import banks, handing_in, mapping, settling, showing
from bot.desk import Desk, Gesture
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from messages.buttons import (
    Bank,
    BankRows,
    ChangeMapping,
    ChooseColumns,
    ChooseInvoice,
    ConfirmRow,
    ForgetMapping,
    HandInStatement,
    Mappings,
    SettleRow,
)
from modals.bank import CHOICE, MAPPING, STATEMENT
from modals.metadata import Metadata


def register(app: App, desk: Desk) -> None:
    """Listen to the forms; before the listener for every other form."""

    @app.view(STATEMENT.key)
    @admits(Who.MEMBERS)
    def handed_in(ack: Ack, body: Body) -> None:
        _taken(ack, handing_in.hand_in(desk, of_submission(body), _metadata(body), _values(body)))

    @app.view(MAPPING.key)
    @admits(Who.MEMBERS)
    def mapped(ack: Ack, body: Body) -> None:
        _taken(ack, mapping.hand_in(desk, of_submission(body), _metadata(body), _values(body)))

    @app.view(CHOICE.key)
    @admits(Who.MEMBERS)
    def chosen(ack: Ack, body: Body) -> None:
        _taken(ack, settling.choose(desk, of_submission(body), _metadata(body), _values(body)))


def press(desk: Desk, gesture: Gesture, meant: Bank) -> None:
    """Do what a button about bank statements means."""
    match meant:
        case BankRows():
            showing.open_rows(desk, gesture, meant)
        case ConfirmRow():
            settling.confirm(desk, gesture, meant)
        case ChooseInvoice():
            settling.open_choice(desk, gesture, meant)
        case SettleRow():
            settling.settle(desk, gesture, meant)
        case HandInStatement():
            handing_in.open_form(desk, gesture)
        case _:
            _map(desk, gesture, meant)


def _map(
    desk: Desk, gesture: Gesture, meant: Mappings | ChooseColumns | ChangeMapping | ForgetMapping
) -> None:
    match meant:
        case Mappings():
            banks.show_all(desk, gesture)
        case ChooseColumns(statement):
            mapping.open_for(desk, gesture, statement)
        case ChangeMapping(key):
            mapping.open_known(desk, gesture, key)
        case ForgetMapping(key):
            banks.forget(desk, gesture, key)


def _taken(ack: Ack, errors: Mapping[str, str]) -> None:
    """Close the form, but not the window below it; or say what is wrong."""
    if errors:
        ack(response_action="errors", errors=dict(errors))
    else:
        ack()


def _metadata(body: Body) -> Metadata:
    return Metadata.decode(body["view"]["private_metadata"])


def _values(body: Body) -> Body:
    values: Body = body["view"]["state"]["values"]
    return values
