"""Whom Slack's calls believe over TLS."""

import ssl
import urllib.request
from urllib.error import URLError

import pytest
import trustme

from integrations.slack.client import opened, web_client
from tests.integrations.test_reach import answering

SLACK = "https://slack.com/api/"


def test_whom_to_believe_is_read_once_and_not_for_every_call() -> None:
    first, second = (web_client(token, SLACK).ssl for token in ("xoxb-fake", None))
    assert first is not None
    assert first is second
    assert first.verify_mode is ssl.CERT_REQUIRED
    assert first.check_hostname
    assert web_client(None, "http://127.0.0.1:3000/api/").ssl is None  # nor where there is no TLS


def test_nobody_else_is_believed() -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with answering(200, '{"ok": true}', tls) as url:
        with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
            web_client("xoxb-fake", f"{url}/api/").api_call("api.test")
        with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
            opened(urllib.request.Request(f"{url}/file"), timeout=5)  # noqa: S310 - our own server
