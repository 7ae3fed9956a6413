"""What is asked for in the stories, by the forms of both workflows."""

from tests.faults.deeds import by_command, hands_in
from tests.faults.stage import Deed

SOW = {
    "client": "Globex",
    "client_type": "10x",
    "need": "A pilot of the forecasting service before their budget round.",
    "amount": "180,000",
    "contact_name": "Hank Scorpio",
    "contact_email": "hank@globex.example",
    "needed_by": "2038-03-01",
}
ASSET = {
    "requester_role": "Sales rep",
    "asset_type": "case_study",
    "kind": "new",
    "purpose": "For the proposal to Initech.",
    "deadline": "2038-02-01",
}


def asks_sow(amount: str, handle: str = "ana", **more: object) -> Deed:
    return hands_in(handle, by_command("/sow"), **(SOW | {"amount": amount} | more))


def asks_asset(handle: str = "ben", **more: object) -> Deed:
    return hands_in(handle, by_command("/asset"), **(ASSET | more))
