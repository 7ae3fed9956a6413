"""Where the files of assets are, as an admin writes it."""

import pytest

from settings.library import LibraryPlace
from tests.settings.installation import SOCKET, Installation

KEY, SECRET = "AKIANOTREAL", "not/real"
KEYS = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}


def place(installation: Installation, url: str, **environ: str) -> LibraryPlace:
    return installation.load({**SOCKET, "FRONTDESK_LIBRARY": url, **environ}).library


@pytest.mark.parametrize(
    ("text", "url", "options"),
    [
        ("s3://shelf", "s3://shelf", {}),
        ("s3://shelf/", "s3://shelf", {}),
        ("s3://shelf/acme/assets/", "s3://shelf/acme/assets", {}),
        ("s3://shelf?region=eu-central-1", "s3://shelf", {"region": "eu-central-1"}),
        (
            "s3://shelf/a?endpoint=https://minio.harborlight.example:9000&region=x&profile=desk",
            "s3://shelf/a",
            {
                "endpoint": "https://minio.harborlight.example:9000",
                "region": "x",
                "profile": "desk",
            },
        ),
        ("gs://shelf/assets", "gs://shelf/assets", {}),
        (
            "sftp://desk@files.harborlight.example/srv",
            "sftp://desk@files.harborlight.example/srv",
            {},
        ),
    ],
)
def test_a_url_is_taken(
    installation: Installation, text: str, url: str, options: dict[str, str]
) -> None:
    assert place(installation, text) == LibraryPlace(url=url, options=options)


def test_keys_go_with_an_s3_that_has_no_profile_and_are_never_shown(
    installation: Installation,
) -> None:
    with_keys = place(installation, "s3://shelf?endpoint=https://a.example", **KEYS)
    with_profile = place(installation, "s3://shelf?profile=desk", **KEYS)
    elsewhere = place(installation, "gs://shelf", **KEYS)

    assert with_keys.options == {"endpoint": "https://a.example", "key": KEY, "secret": SECRET}
    assert with_profile.options == {"profile": "desk"}
    assert elsewhere.options == {}
    assert str(with_keys) == "s3://shelf at https://a.example"
    settings = installation.load({**SOCKET, **KEYS, "FRONTDESK_LIBRARY": "s3://shelf"})
    for shown in (repr(with_keys), repr(settings)):
        assert KEY not in shown
        assert SECRET not in shown


@pytest.mark.parametrize(
    "url",
    [
        f"az://shelf?account_key={SECRET}",
        f"https://shelf.example/a?X-Amz-Signature={SECRET}",
        f"s3://shelf/a b?secret={SECRET}",
        f"s3://shelf?secret={SECRET}",
        f"s3://shelf#{SECRET}",
        f"s3://{KEY}:{SECRET}@shelf",
    ],
)
def test_what_is_wrong_with_a_url_is_said_without_the_keys_in_it(
    installation: Installation, url: str
) -> None:
    [said] = installation.problems({**SOCKET, "FRONTDESK_LIBRARY": url})

    assert said.startswith("FRONTDESK_LIBRARY: ")
    assert SECRET not in said


def test_half_a_key_is_said_where_it_is_used_and_nowhere_else(installation: Installation) -> None:
    half = {"AWS_ACCESS_KEY_ID": KEY}
    assert installation.load({**SOCKET, **half}).library_keys == {"key": KEY}
    assert installation.problems({**SOCKET, **half, "FRONTDESK_LIBRARY": "s3://shelf"}) == (
        "AWS_SECRET_ACCESS_KEY: it is missing beside AWS_ACCESS_KEY_ID; set both, or neither.",
    )


def test_a_server_that_is_not_reached_by_https_is_a_warning(installation: Installation) -> None:
    for server, is_said in (("127.0.0.1:9000", False), ("minio.harborlight.example", True)):
        url = f"s3://shelf?endpoint=http://{server}"
        warnings = installation.load({**SOCKET, "FRONTDESK_LIBRARY": url}).warnings
        said = "FRONTDESK_LIBRARY: it is plain http; files can be read on their way."
        assert (said in warnings) is is_said
