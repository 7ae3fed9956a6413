"""Who is believed: the usual authorities, and those of one's own beside them."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import trustme
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.ports import Crm, CrmUnavailable
from integrations.clock import SystemClock
from integrations.crm.hubspot.connecting import connect as connect_hubspot
from integrations.crm.salesforce.connecting import connect as connect_salesforce
from integrations.crm.salesforce.login import Login
from integrations.trust import FIX, distrust, trusting
from tests.integrations.tls import served

Connect = Callable[[str, Path | None], Crm]


def hubspot(url: str, trusted: Path | None) -> Crm:
    return connect_hubspot(url, "not-a-real-token", 0, trusted)


def salesforce(url: str, trusted: Path | None) -> Crm:
    login = Login(url=url, client_id="app", secret="not real", trusted=trusted)
    return connect_salesforce(login, "USD", ZoneInfo("UTC"), SystemClock(), 0)


async def let_in(request: Request) -> Response:
    """A token for whoever wants one, and trouble beyond it."""
    if request.url.path != "/services/oauth2/token":
        return Response(status_code=503)
    address = f"{request.url.scheme}://{request.url.netloc}"
    return JSONResponse({"access_token": "visibly fake", "instance_url": address})


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    everything = Route("/{path:path}", let_in, methods=["GET", "POST"])
    with served(Starlette(routes=[everything]), tmp_path, "partner") as found:
        yield found


@pytest.mark.parametrize("connect", [hubspot, salesforce])
def test_ones_own_authority_is_believed(place: tuple[str, Path], connect: Connect) -> None:
    crm = connect(*place)
    with pytest.raises(CrmUnavailable, match="503"):
        crm.check()
    crm.close()


@pytest.mark.parametrize("connect", [hubspot, salesforce])
def test_nobody_elses_is_and_the_fix_is_said(place: tuple[str, Path], connect: Connect) -> None:
    crm = connect(place[0], None)
    with pytest.raises(CrmUnavailable, match=r"its certificate is not trusted: .*issuer") as why:
        crm.check()
    assert why.value.fix == FIX
    crm.close()


def test_the_usual_ones_stay(tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    trustme.CA().cert_pem.write_to_path(own)
    usual = trusting()
    assert usual.cert_store_stats()["x509_ca"] > 50
    both = trusting(own)
    assert both.cert_store_stats()["x509_ca"] == usual.cert_store_stats()["x509_ca"] + 1
    assert (both.verify_mode, both.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_what_is_no_matter_of_trust_is_none() -> None:
    assert distrust(ConnectionRefusedError(111, "Connection refused")) == ""
    mistaken = ValueError("about itself")
    mistaken.args = (mistaken,)
    assert distrust(mistaken) == ""
