import pytest

from tests.settings.installation import KEY, SOCKET, Installation


def test_dotenv_is_read(installation: Installation) -> None:
    lines = [f'export {name}="{value}"' for name, value in SOCKET.items()]
    installation.write(".env", "\n".join(["# Slack", "", *lines, "PORT=9000 # ours"]))
    settings = installation.load()
    assert settings.bot_token == SOCKET["SLACK_BOT_TOKEN"]
    assert settings.audit_key == bytes.fromhex(KEY)
    assert settings.port == 9000


def test_the_environment_wins_over_dotenv(installation: Installation) -> None:
    installation.write(".env", "PORT=9000\n")
    assert installation.load({"PORT": "9001"}).port == 9001


def test_an_empty_value_in_the_environment_wins_too_and_means_unset(
    installation: Installation,
) -> None:
    installation.write(".env", "PORT=9000\n")
    assert installation.load({"PORT": " "}).port == 8700


def test_a_dollar_in_dotenv_is_a_dollar(installation: Installation) -> None:
    installation.write(".env", "FRONTDESK_METRICS_TOKEN=not-real-${PORT}\n")
    assert installation.problems({"PORT": "1"})[0].startswith("FRONTDESK_METRICS_TOKEN: ")


def test_white_space_around_a_value_is_nothing(installation: Installation) -> None:
    assert installation.load({"PORT": " 9000\n"}).port == 9000


def test_other_programs_names_are_none_of_ours(installation: Installation) -> None:
    installation.write(".env", "COMPOSE_PROJECT_NAME=desk\n")
    installation.load({"HOME": "/", "SLACK_CLI_TOKEN": "x", "DATABASE_URI": "theirs"})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("FRONTDESK_AUDT_KEY", "did you mean FRONTDESK_AUDIT_KEY?"),
        ("FRONTDESK_PUBLICURL", "did you mean FRONTDESK_PUBLIC_URL?"),
        ("FRONTDESK_DATABASE_URL", "did you mean DATABASE_URL?"),
        ("FRONTDESK_", "remove it, or see docs/settings.md."),
        ("FRONTDESK_COLOUR", "remove it, or see docs/settings.md."),
    ],
)
def test_an_unknown_name_of_ours_is_refused(
    installation: Installation, name: str, hint: str
) -> None:
    problem = f"{name}: there is no such setting; {hint}"
    assert installation.problems({name: "1"}) == (problem,)
    installation.write(".env", f"{name}=1\n")
    assert installation.problems() == (problem,)


def test_a_near_miss_in_dotenv_is_refused(installation: Installation) -> None:
    installation.write(".env", "DATABASE_URI=theirs\n")
    assert installation.problems() == (
        "DATABASE_URI: there is no such setting; did you mean DATABASE_URL?",
    )


def test_a_line_of_dotenv_that_says_nothing_is_named_and_not_shown(
    installation: Installation,
) -> None:
    installation.write(".env", "PORT=1\nxoxb not real\nFRONTDESK_LOG_LEVEL=debug\n")
    assert installation.problems() == (".env, line 2: this is not of the form NAME=value.",)


def test_a_dotenv_that_cannot_be_read_is_a_problem(installation: Installation) -> None:
    (installation.root / ".env").mkdir()
    assert installation.problems() == (".env cannot be read: Is a directory.",)


def test_a_dotenv_that_is_no_text_is_a_problem(installation: Installation) -> None:
    (installation.root / ".env").write_bytes(b"PORT=\xff\n")
    assert installation.problems() == (".env cannot be read: it is not UTF-8 text.",)
