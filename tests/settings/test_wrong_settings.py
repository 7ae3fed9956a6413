"""The one message: everything at once, in printable lines, without a secret, and nothing else."""

import json
import math
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from settings import SETTINGS, Mode, WrongSettings, load
from settings.policies import SalesAssetTable, WorkflowTable
from tests.settings.installation import SOCKET, Installation
from workflows.priority import Criterion
from workflows.roles import Role

_CANARY = "CANARY5a5aCANARY"
_TOKENS = [f"{kind}-{_CANARY}" for kind in ("xoxb", "xapp", "xoxp")]
_DATABASES = [
    f"postgresql://u:{_CANARY}@h/d",
    f"postgresql://u:{_CANARY}/@h:5/d",
    f"mysql://u:{_CANARY}@h/d",
    f"{_CANARY}://u@h/d",
    f"sqlite+{_CANARY}",
]
_SECRET_VALUES = {
    "AWS_ACCESS_KEY_ID": [_CANARY, f"{_CANARY} {_CANARY}"],
    "AWS_SECRET_ACCESS_KEY": [_CANARY, f"{_CANARY} {_CANARY}"],
    "AWS_SESSION_TOKEN": [_CANARY, f"{_CANARY} {_CANARY}"],
    "SLACK_BOT_TOKEN": [*_TOKENS, _CANARY, f"xoxb-{_CANARY} x"],
    "SLACK_APP_TOKEN": [*_TOKENS, _CANARY, f"xapp-{_CANARY} x"],
    "SLACK_SIGNING_SECRET": [*_TOKENS, _CANARY, f"{_CANARY} x", ",".join([_CANARY] * 3)],
    "DATABASE_URL": _DATABASES,
    "MIGRATION_DATABASE_URL": _DATABASES,
    "FRONTDESK_AUDIT_KEY": [_CANARY * 4, _CANARY, f"{_CANARY}!"],
    "FRONTDESK_SMTP_URL": [
        _CANARY,
        f"smtp://ann:{_CANARY}@[mail",
        f"imap://ann:{_CANARY}@mail.example",
        f"smtp://ann:{_CANARY}@",
        f"smtp+plain://ann:{_CANARY}@mail.example",
    ],
    "FRONTDESK_SALESFORCE_CLIENT_SECRET": [_CANARY],
    "FRONTDESK_SALESFORCE_KEY": [
        _CANARY,
        f"-----BEGIN PRIVATE KEY-----\n{_CANARY}",
        f"-----BEGIN PRIVATE KEY-----\n{_CANARY}\n-----END PRIVATE KEY-----",
    ],
    "FRONTDESK_HUBSPOT_TOKEN": [f"{_CANARY} {_CANARY}", f"{_CANARY}!"],
    "FRONTDESK_DOCUSIGN_PRIVATE_KEY": [
        _CANARY,
        f"-----BEGIN PRIVATE KEY-----\\n{_CANARY}\\n-----END PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY----- {_CANARY}",
    ],
    "FRONTDESK_DOCUSIGN_HMAC": [_CANARY, f"{_CANARY},{_CANARY[:9]}", f"{_CANARY} {_CANARY}"],
    "FRONTDESK_STRIPE_KEY": [
        _CANARY,
        f"rk_live_{_CANARY}",
        f"sk_test_{_CANARY} x",
        f"pk_{_CANARY}",
    ],
    "FRONTDESK_STRIPE_HOOK_SECRETS": [_CANARY, f"whsec_{_CANARY},x", f"whsec_{_CANARY}"],
    "FRONTDESK_SEAL_PASSWORD": [_CANARY],
    "FRONTDESK_WEBHOOKS": [
        _CANARY,
        f"a=https://a.example/{_CANARY}",
        f"a=https://a.example/#whsec_{_CANARY}",
        f"a=https://{_CANARY}@a.example/#whsec_{_CANARY}",
        f"a=http://a.example/{_CANARY}#whsec_{_CANARY}",
    ],
    "FRONTDESK_METRICS_TOKEN": [_CANARY, f"{_CANARY} {_CANARY}"],
}
_MISPLACED = [
    f"xoxb-{_CANARY}",
    f"xapp-1-{_CANARY}",
    f"a xoxe.xoxp-1-{_CANARY}",
    f"rk_live_{_CANARY}",
    f"a whsec_{_CANARY}",
    f"https://me:{_CANARY}@a.example/",
    f"https://{_CANARY}@a.example/",
    f"https://hooks.slack.com/services/{_CANARY}",
]


def _said(environ: Mapping[str, str], root: Path) -> str:
    """Everything that Frontdesk could print about these settings."""
    try:
        settings = load(environ, root)
    except WrongSettings as wrong:
        return f"{wrong} {wrong!r}"
    return f"{settings} {settings!r} {settings.why} {settings.warnings}"


def test_the_message_counts_numbers_and_points_to_the_page(installation: Installation) -> None:
    with pytest.raises(WrongSettings) as caught:
        installation.load({"PORT": "http", "FRONTDESK_COLOUR": "red"})
    assert str(caught.value) == (
        "Frontdesk cannot start: 2 settings are wrong.\n"
        "  1. FRONTDESK_COLOUR: there is no such setting; remove it, or see docs/settings.md.\n"
        '  2. PORT: "http" is not a port; right is a number from 0 to 65535.\n'
        "Every setting is explained in docs/settings.md."
    )
    assert "1 setting is wrong.\n" in str(WrongSettings(["PORT: it is odd."]))


def test_problems_of_every_source_are_named_together(bare: Installation) -> None:
    bare.write(".env", "nonsense\nSLACK_BOT_TOKEN=xapp-not-real\nSLACK_APP_TOKEN=xoxb-not-real\n")
    bare.write("frontdesk.toml", '[company]\nname = "Acme"\n[colour]\n')
    problems = bare.problems({"DATABASE_URL": "mysql://h/d", "FRONTDESK_CLOCK": "sandbox"})
    assert [each.partition(":")[0] for each in problems] == [
        ".env, line 1",
        "frontdesk.toml, [company] timezone",
        "frontdesk.toml, [company] currency",
        "frontdesk.toml, [colour]",
        "DATABASE_URL",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "FRONTDESK_AUDIT_KEY",
        "FRONTDESK_CLOCK",
    ]


def test_every_secret_is_tried() -> None:
    assert set(_SECRET_VALUES) == {each.name for each in SETTINGS if each.secret}


@pytest.mark.parametrize("others", [{}, SOCKET], ids=["sandbox", "socket"])
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in _SECRET_VALUES for value in _SECRET_VALUES[name]]
)
def test_no_secret_is_in_anything_that_is_said(
    installation: Installation, others: dict[str, str], name: str, value: str
) -> None:
    assert _CANARY not in _said({**others, name: value}, installation.root)


@pytest.mark.parametrize("name", [each.name for each in SETTINGS])
@pytest.mark.parametrize("value", _MISPLACED)
def test_a_token_in_the_wrong_place_is_not_shown_either(
    installation: Installation, name: str, value: str
) -> None:
    environ = {**SOCKET, "FRONTDESK_DATA": "frontdesk.toml", name: value}
    if name == "FRONTDESK_DATA":
        environ[name] = f"frontdesk.toml/{value}"
    assert _CANARY not in _said(environ, installation.root)
    installation.write("frontdesk.toml", f'[company]\nname = [{json.dumps(value)}]\nzone = "x"\n')
    assert _CANARY not in _said({}, installation.root)
    installation.write("frontdesk.toml", f"[roles]\nadmin = [{json.dumps(value)}]\n")
    assert _CANARY not in _said({}, installation.root)


_NAMES = st.sampled_from(
    [each.name for each in SETTINGS if each.name != "FRONTDESK_DATA"]
) | st.text(max_size=8).map("FRONTDESK_{}".format)
_TEXTS = st.text(max_size=80) | st.text(
    alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Cf", "L"]), max_size=10
)
_VALUES = _TEXTS | st.sampled_from(
    [*SOCKET.values(), "xoxb-sandbox-1", "sqlite:///a.db", "https://a.example", "a,b", "0", "::1"]
)
_ENVIRONS = st.dictionaries(_NAMES, _VALUES).map(
    lambda environ: {
        name: value.replace("/", "-") if name == "FRONTDESK_CONFIG" else value
        for name, value in environ.items()
    }
)


def _toml(value: object) -> str:
    """Write ``value`` as TOML does, inline."""
    match value:
        case dict():
            return f"{{{', '.join(f'{json.dumps(k)} = {_toml(v)}' for k, v in value.items())}}}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case date() | time():
            return value.isoformat()
        case float() if not math.isfinite(value):
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


_KEYS = st.sampled_from(
    [
        *"company hours channels roles workflows name timezone currency opens closes".split(),
        *"weekdays holidays days_off sow sales_asset triage USD JPY".split(),
        *WorkflowTable.model_fields,
        *SalesAssetTable.model_fields,
        *Role,
        *Criterion,
    ]
) | st.text(max_size=5)
_LEAVES = (
    st.text(max_size=12)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.sampled_from(["UTC", "EUR", "09:00", "17:00", "mon", "US", "DE-BE", "#sales", "*", "1e9"])
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def _wrong(environ: Mapping[str, str], root: Path) -> WrongSettings | None:
    try:
        load(environ, root)
    except WrongSettings as wrong:
        return wrong
    return None


def _load_or_wrong(environ: Mapping[str, str], root: Path) -> None:
    if (wrong := _wrong(environ, root)) is not None:
        assert wrong.problems
        assert all(each.isprintable() for each in wrong.problems)
        assert str(wrong).count("\n") == len(wrong.problems) + 1


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    installed = Installation(tmp_path_factory.mktemp("place"))
    installed.describe_company()
    return installed


@given(environ=_ENVIRONS)
@example(environ={"SLACK_BOT_TOKEN": "\udc80"})
@example(environ={"FRONTDESK_CONFIG": "\ud800"})
@example(environ={"FRONTDESK_CONFIG": "\0"})
@example(environ={"FRONTDESK_CONFIG": "x" * 5000})
@example(environ={"FRONTDESK_CONFIG": ".."})
@example(environ={"FRONTDESK_LIBRARY": "x" * 5000})
@example(environ={"FRONTDESK_TEMPLATES": "x" * 5000})
@example(environ={"SLACK_API_URL": "https://[::1"})
@example(environ={"SLACK_API_URL": "https://\u2100.example"})
def test_any_environment_is_settings_or_wrong(place: Installation, environ: dict[str, str]) -> None:
    _load_or_wrong(environ, place.root)


@given(text=st.text(max_size=200) | st.binary(max_size=200))
def test_any_dotenv_is_settings_or_wrong(place: Installation, text: str | bytes) -> None:
    content = text.encode("utf-8", "replace") if isinstance(text, str) else text
    (place.root / ".env").write_bytes(content)
    try:
        _load_or_wrong({"FRONTDESK_DATA": "data", "FRONTDESK_CONFIG": "frontdesk.toml"}, place.root)
    finally:
        (place.root / ".env").unlink()


@given(
    content=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_file_is_settings_or_wrong(place: Installation, content: bytes) -> None:
    (place.root / "any.toml").write_bytes(content)
    _load_or_wrong({"FRONTDESK_CONFIG": "any.toml"}, place.root)


@given(tree=st.dictionaries(_KEYS, _TREES, max_size=6))
def test_any_toml_is_settings_or_wrong(place: Installation, tree: dict[str, object]) -> None:
    lines = [f"{json.dumps(key)} = {_toml(value)}" for key, value in tree.items()]
    place.write("any.toml", "\n".join(lines).encode("utf-8", "replace").decode())
    _load_or_wrong({"FRONTDESK_CONFIG": "any.toml"}, place.root)


def test_the_trees_reach_settings_too(place: Installation) -> None:
    tree = {"company": {"name": "Acme", "timezone": "UTC", "currency": "EUR"}, "roles": {}}
    place.write("any.toml", "\n".join(f"{key} = {_toml(value)}" for key, value in tree.items()))
    assert place.load({"FRONTDESK_CONFIG": "any.toml"}).mode is Mode.SANDBOX
