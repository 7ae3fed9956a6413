"""DocuSign's adapter: what it sends is as DocuSign specifies it, and what may fail fails well."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
import trustme
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.ports import (
    Heard,
    SignaturesRefused,
    SignaturesUnavailable,
    SignaturesUnsure,
    Standing,
)
from integrations.resting import Resting
from integrations.signatures.docusign import DocuSign
from integrations.signatures.session import NoAccess, perhaps_done
from tests.integrations.dripping import answer, dripping
from tests.integrations.signatures.conftest import NOON, SOW, access
from tests.integrations.signatures.contract import CARRIED, WHOLE, Contract
from tests.integrations.signatures.double import ACCOUNT, KEY, Double
from tests.integrations.signatures.serving import serving

SPECIFICATION = WHOLE / "docusign-esign-v2.1.trimmed.json"


@pytest.fixture(params=["carried", "whole"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Double, Path]]:
    whole = request.param == "whole"
    if whole and not SPECIFICATION.exists():
        pytest.skip("the whole specification is not at hand")
    with serving(tmp_path, Contract(SPECIFICATION if whole else CARRIED)) as (double, trusted):
        double.now = lambda: NOON
        yield double, trusted
    assert double.problems == []


@pytest.mark.parametrize("said", [b"<html>Please log in</html>", b"{}", b"[]"])
def test_what_is_no_answer_of_docusigns_is_not_taken_for_one(
    served: tuple[Double, Path], said: bytes
) -> None:
    double, trusted = served
    docusign = DocuSign(access(double, trusted))
    envelope = docusign.prepare(SOW)
    double.trouble = Response(said, media_type="application/json")

    with pytest.raises(SignaturesUnavailable, match="something else than a PDF"):
        docusign.papers(envelope)
    with pytest.raises(SignaturesUnavailable, match="says nothing of the envelope"):
        docusign.look(envelope)
    with pytest.raises(SignaturesUnavailable, match="says nothing of the envelope"):
        docusign.send(envelope)
    with pytest.raises(SignaturesUnavailable, match="says nothing of the envelope"):
        docusign.void(envelope, "Taken back.")


def test_everything_asked_of_it_is_as_specified(served: tuple[Double, Path]) -> None:
    double, trusted = served
    docusign = DocuSign(access(double, trusted))
    envelope = docusign.prepare(SOW)
    assert docusign.look(envelope).standing is Standing.DRAFT
    assert double.mails == []

    docusign.send(envelope)
    docusign.remind(envelope)
    assert docusign.look(envelope).standing is Standing.OPEN
    double.sign(double.only, "CFO")

    answer, papers = docusign.look(envelope), docusign.papers(envelope)
    assert answer.standing is Standing.SIGNED
    said = (answer.name, answer.title, answer.email, answer.at)
    assert said == ("Hank Scorpio", "CFO", "hank@globex.example", NOON)
    assert papers.document.startswith(SOW.document)
    assert b"certificate of completion" in papers.certificate
    assert docusign.changed(NOON) == [Heard(envelope, f"completed:{NOON.isoformat()}")]
    assert [to for to, why in double.mails if why == "invitation"] == [
        "hank@globex.example",
        "marge@globex.example",
    ]
    assert [to for to, why in double.mails if why == "reminder"] == ["hank@globex.example"]


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the whole specification is not at hand")
def test_what_is_carried_of_the_specification_says_what_the_whole_says() -> None:
    carried, whole = (json.loads(each.read_text("utf-8")) for each in (CARRIED, SPECIFICATION))
    for part in ("paths", "components"):
        assert added(carried[part], whole[part]) == []


def added(part: object, whole: object, at: str = "") -> list[str]:
    """Return where ``part`` says something that ``whole`` does not."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return [
            each
            for name, value in part.items()
            for each in added(value, whole.get(name), f"{at}/{name}")
        ]
    if isinstance(part, list) and isinstance(whole, list) and part and "name" in part[0]:
        named = {each["name"]: each for each in whole}
        return [
            each
            for value in part
            for each in added(value, named.get(value["name"]), f"{at}/{value['name']}")
        ]
    return [] if part == whole else [at]


def test_a_misspelt_field_would_be_found() -> None:
    contract = Contract(CARRIED)
    path = "/v2.1/accounts/{accountId}/envelopes"
    assert contract.problems("POST", path, {}, {"status": "created"}) == []
    assert contract.problems("POST", path, {}, {"statuss": "created"}) != []
    assert contract.problems("POST", path, {"merge": "1"}, {"status": "created"}) != []
    assert contract.wrong_answer("POST", path, 201, {"id": "1"}) != []


def test_no_call_goes_anywhere_but_where_the_account_is(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    docusign.prepare(SOW)
    session = docusign._sessions.session()  # noqa: SLF001 - where a call would go
    assert session.envelopes.api_client.host == f"{double.url}/restapi"


def test_the_same_key_is_one_envelope_even_if_the_answer_was_lost(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    double.lost = 1
    with pytest.raises(SignaturesUnavailable):
        docusign.prepare(SOW)

    assert docusign.prepare(SOW) == double.only.id
    docusign.prepare(replace(SOW, key="f3a2"))
    assert len(double.envelopes) == 2


def test_what_is_over_is_not_changed_any_more(account: tuple[Double, DocuSign]) -> None:
    double, docusign = account
    envelope = docusign.prepare(SOW)
    docusign.void(envelope, "Not this one.")
    assert docusign.look(envelope).standing is Standing.DRAFT
    docusign.send(envelope)
    double.sign(double.only)

    docusign.void(envelope, "Too late.")
    docusign.remind(envelope)
    docusign.send(envelope)

    assert docusign.look(envelope).standing is Standing.SIGNED
    assert [why for _, why in double.mails] == ["invitation", "invitation"]


def test_what_is_taken_back_says_why(account: tuple[Double, DocuSign]) -> None:
    _double, docusign = account
    envelope = docusign.prepare(SOW)
    docusign.send(envelope)

    docusign.void(envelope, "There is a newer version.")

    answer = docusign.look(envelope)
    assert (answer.standing, answer.reason) == (Standing.VOID, "There is a newer version.")


def test_a_decline_and_a_lost_mail_are_told(account: tuple[Double, DocuSign]) -> None:
    double, docusign = account
    envelope = docusign.prepare(SOW)
    docusign.send(envelope)
    double.bounce(double.only)
    assert docusign.look(envelope).undelivered == ("hank@globex.example",)

    double.decline(double.only, "Changes: 60 days, please.")

    answer = docusign.look(envelope)
    assert (answer.standing, answer.reason) == (Standing.DECLINED, "Changes: 60 days, please.")
    assert answer.name == "Hank Scorpio"


def sent_with_our_own_head(double: Double, docusign: DocuSign) -> str:
    """Send what somebody of the company's own signs, too, and first: a template can have that."""
    envelope = docusign.prepare(SOW)
    ours = {
        "recipientId": "5",
        "routingOrder": "1",
        "name": "Our Head",
        "email": "head@harborlight.example",
        "roleName": "Ours",
        "tabs": {"titleTabs": []},
    }
    double.only.made["recipients"]["signers"].insert(0, ours)
    docusign.send(envelope)
    return envelope


def test_it_is_the_client_who_signs_whoever_else_does(account: tuple[Double, DocuSign]) -> None:
    double, docusign = account
    envelope = sent_with_our_own_head(double, docusign)
    double.sign(double.only)
    answer = docusign.look(envelope)
    assert (answer.standing, answer.name) == (Standing.SIGNED, "Hank Scorpio")


def test_the_clients_reason_is_told_when_somebody_else_has_signed(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    envelope = sent_with_our_own_head(double, docusign)
    double.only.people["head@harborlight.example"] = "completed"
    double.only.times["completed"] = NOON.isoformat()
    double.decline(double.only, "Changes: clause 7", nth=1)
    answer = docusign.look(envelope)
    assert (answer.standing, answer.name) == (Standing.DECLINED, "Hank Scorpio")
    assert answer.reason == "Changes: clause 7"


def test_what_somebody_else_declines_is_not_the_clients_refusal(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    envelope = sent_with_our_own_head(double, docusign)
    double.only.people["hank@globex.example"] = "completed"
    double.only.times["completed"] = NOON.isoformat()
    double.decline(double.only, "Not at this price.")
    answer = docusign.look(envelope)
    assert (answer.standing, answer.name) == (Standing.VOID, "")
    assert answer.reason == "Our Head declined: Not at this price."


def test_a_wrong_address_is_refused_for_good(account: tuple[Double, DocuSign]) -> None:
    _double, docusign = account
    with pytest.raises(SignaturesRefused, match="email address for the recipient is invalid"):
        docusign.prepare(replace(SOW, signer=("Hank", "hank@refused.example")))


@pytest.mark.parametrize(
    "trouble",
    [
        Response("<html>Bad gateway</html>", 502),
        JSONResponse({"errorCode": "HOURLY_APIINVOCATION_LIMIT_EXCEEDED"}, 400),
        JSONResponse({"errorCode": "X"}, 429),
        JSONResponse({"errorCode": "X"}, 503),
    ],
    ids=["gateway", "hourly limit", "too many", "down"],
)
def test_what_passes_is_tried_again_later(
    account: tuple[Double, DocuSign], trouble: Response
) -> None:
    double, docusign = account
    docusign.check()
    docusign.changed(NOON)
    double.trouble = trouble
    with pytest.raises(SignaturesUnavailable):
        docusign.prepare(SOW)
    double.trouble = None
    assert docusign.prepare(SOW)


def test_a_token_that_was_taken_away_is_renewed_at_once(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    docusign.prepare(SOW)
    double.tokens.clear()
    assert docusign.prepare(SOW) == double.only.id
    assert double.calls.count("POST /oauth/token") == 2


def test_threads_share_one_token(account: tuple[Double, DocuSign]) -> None:
    double, docusign = account
    threads = [threading.Thread(target=docusign.changed, args=(NOON,)) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert double.calls.count("POST /oauth/token") == 1


def test_without_consent_it_says_where_to_give_it(account: tuple[Double, DocuSign]) -> None:
    double, docusign = account
    double.has_consent = False
    with pytest.raises(NoAccess, match="consent_required") as refused:
        docusign.check()
    assert f"https://{double.host}/oauth/auth?response_type=code" in refused.value.fix
    assert f"client_id={KEY}" in refused.value.fix
    assert "redirect_uri=https%3A%2F%2Fdesk.harborlight.example" in refused.value.fix


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"user": KEY}, "it gives no access"),
        ({"account": KEY}, "no such account"),
        ({"private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}, "key"),
    ],
    ids=["user", "account", "private key"],
)
def test_what_is_set_wrongly_says_how_to_put_it_right(
    tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with serving(tmp_path) as (double, trusted):
        with pytest.raises(NoAccess, match=said) as refused:
            DocuSign(access(double, trusted, **wrong)).check()
        assert "FRONTDESK_DOCUSIGN" in refused.value.fix


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("where", ["token", "user"])
def test_no_access_is_no_fault_of_what_is_to_be_signed(
    account: tuple[Double, DocuSign], where: str, status: int
) -> None:
    double, docusign = account
    said = JSONResponse({"error": "unauthorized_user"}, status)
    if where == "token":
        double.trouble = said
    else:
        double.no_entry = said
    with pytest.raises(NoAccess, match="unauthorized_user") as refused:
        docusign.prepare(SOW)
    assert "FRONTDESK_DOCUSIGN" in refused.value.fix


def test_a_reminder_may_have_been_sent_only_where_it_was_asked_for(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    envelope = docusign.prepare(SOW)
    docusign.send(envelope)
    double.trouble = Response("<html>Bad gateway</html>", 502)
    with pytest.raises(SignaturesUnavailable) as away:
        docusign.remind(envelope)
    assert not isinstance(away.value, SignaturesUnsure)
    double.trouble, double.lost = None, 1
    with pytest.raises(SignaturesUnsure):
        docusign.remind(envelope)


def test_a_server_that_nobody_vouches_for_is_told_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as (double, _trusted):
        with pytest.raises(SignaturesUnavailable, match="certificate is not trusted"):
            DocuSign(access(double, None)).check()
        assert double.calls == []


def test_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    with serving(tmp_path) as (double, trusted):
        chosen = access(double, trusted)
    with pytest.raises(SignaturesUnavailable, match="cannot be reached"):
        DocuSign(chosen).prepare(SOW)


@pytest.mark.parametrize("whole", [0, 1, 2], ids=["token", "user", "envelope"])
def test_an_answer_that_comes_letter_by_letter_has_an_end(tmp_path: Path, whole: int) -> None:
    authority, tls = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    before: list[bytes] = []
    with serving(tmp_path) as (double, _), dripping(before, tls=tls) as place:
        user = {"account_id": ACCOUNT, "account_name": "H", "base_uri": f"https://{place}"}
        token = {"access_token": "visibly fake", "token_type": "Bearer", "expires_in": 3600}
        said = [token, {"sub": "1", "accounts": [user]}][:whole]
        before += [answer(json.dumps(each)) for each in said]
        there = access(double, tmp_path / "authority.pem", host=place, altogether=1.0)
        begun = monotonic()
        with pytest.raises(SignaturesUnavailable, match=r"cannot be reached \(TimeoutError\)"):
            DocuSign(there).look("e-1")
        assert monotonic() - begun < 6


class Silence(Response):
    """No answer at all, until whoever asked has gone."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


def test_who_did_not_answer_is_left_alone_a_while(tmp_path: Path) -> None:
    with serving(tmp_path) as (double, trusted):
        double.now = lambda: NOON
        docusign = DocuSign(access(double, trusted, altogether=3.0))
        envelope = docusign.prepare(SOW)
        double.trouble = Silence()
        with pytest.raises(SignaturesUnavailable, match="cannot be reached"):
            docusign.look(envelope)
        double.trouble = None
        with pytest.raises(SignaturesUnavailable, match="is left alone a while"):
            docusign.look(envelope)


def test_of_what_was_not_asked_nothing_is_unsure() -> None:
    with pytest.raises(SignaturesUnavailable) as alone, perhaps_done():
        raise SignaturesUnavailable("left alone") from Resting()
    assert not isinstance(alone.value, SignaturesUnsure)


def test_who_waits_for_somebody_who_asks_in_vain_does_not_ask_again(tmp_path: Path) -> None:
    """Else the hands of the worker would wait for a silent server one after the other."""
    came: list[socket.socket] = []

    def welcome(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                came.append(listener.accept()[0])

    with serving(tmp_path) as (double, trusted), socket.create_server(("127.0.0.1", 0)) as silent:
        waiting = threading.Thread(target=welcome, args=(silent,), daemon=True)
        waiting.start()
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        docusign = DocuSign(access(double, trusted, host=host, seconds=2.0))
        with ThreadPoolExecutor(8) as hands:
            asked = [hands.submit(docusign.look, "e-1") for _ in range(8)]
            for each in asked:
                with pytest.raises(SignaturesUnavailable, match="cannot be reached"):
                    each.result()
        silent.shutdown(socket.SHUT_RDWR)
        waiting.join()
    for guest in came:
        guest.close()
    assert len(came) == 1
