"""DocuSign's calls to us: genuine by any of our keys, and about an envelope or nothing."""

import json

import pytest

from bot.ports import Heard, NotTheirs
from integrations.signatures.docusign import DocuSign
from tests.integrations.signatures.conftest import SOW
from tests.integrations.signatures.connect import HOOK_KEYS, signed
from tests.integrations.signatures.contract import WHOLE
from tests.integrations.signatures.double import Double

SKELETON = WHOLE / "docusign-connect-message.trimmed.json"


@pytest.mark.parametrize("key", HOOK_KEYS)
def test_a_call_signed_with_any_of_the_keys_is_genuine(
    account: tuple[Double, DocuSign], key: str
) -> None:
    _double, docusign = account
    body = b'{"event":"envelope-completed","generatedDateTime":"t","data":{"envelopeId":"e"}}'
    others = signed(body, ("another-key-of-theirs", key))
    assert docusign.heard(body, others) == Heard("e", "envelope-completed:t")


@pytest.mark.parametrize("headers", [{}, {"X-DocuSign-Signature-1": ""}, signed(b"other")])
def test_a_call_that_they_did_not_sign_is_not_theirs(
    account: tuple[Double, DocuSign], headers: dict[str, str]
) -> None:
    _double, docusign = account
    with pytest.raises(NotTheirs):
        docusign.heard(b'{"data":{"envelopeId":"e"}}', headers)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"data":[]}', b'{"data":{"envelopeId":7}}'])
def test_a_call_about_nothing_is_about_no_envelope(
    account: tuple[Double, DocuSign], body: bytes
) -> None:
    _double, docusign = account
    assert docusign.heard(body, signed(body)).about == ""


@pytest.mark.skipif(not SKELETON.exists(), reason="DocuSign's message is not at hand")
def test_what_the_double_calls_with_is_in_their_message(
    account: tuple[Double, DocuSign],
) -> None:
    double, docusign = account
    docusign.send(docusign.prepare(SOW))
    double.sign(double.only)
    theirs = json.loads(SKELETON.read_text(encoding="utf-8"))["message"]
    ours = json.loads(double.connect[0][0])
    assert ours.keys() <= theirs.keys()
    assert ours["data"].keys() <= theirs["data"].keys()
