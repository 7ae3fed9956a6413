"""The data folder, and the sandbox's audit key in it."""

import stat
from concurrent.futures import ThreadPoolExecutor

from settings import Settings
from tests.settings.installation import KEY, SOCKET, Installation


def test_the_folder_is_made(installation: Installation) -> None:
    assert installation.load({**SOCKET, "FRONTDESK_DATA": "a/b"}).data.is_dir()


def test_the_folder_is_its_owners_alone(installation: Installation) -> None:
    data = installation.load().data
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_nothing_is_made_while_a_setting_is_wrong(installation: Installation) -> None:
    installation.problems({"PORT": "x"})
    assert [each.name for each in installation.root.iterdir()] == ["frontdesk.toml"]


def test_a_folder_that_cannot_be_made_is_a_problem(installation: Installation) -> None:
    file = installation.root / "frontdesk.toml"
    assert installation.problems({"FRONTDESK_DATA": "frontdesk.toml"}) == (
        f'FRONTDESK_DATA: "{file}" cannot be made: File exists.',
    )


def test_a_name_that_no_folder_can_have_is_a_problem(installation: Installation) -> None:
    installation.write(".env", "FRONTDESK_DATA=a\0b\n")
    assert installation.problems() == (
        f'FRONTDESK_DATA: no folder can be called "{installation.root}/a\\u0000b".',
    )


def test_the_sandboxs_key_is_made_once_for_nobody_elses_eyes(installation: Installation) -> None:
    first, second = installation.load(), installation.load()
    file = installation.root / "data" / "audit.key"
    assert first.audit_key == second.audit_key == bytes.fromhex(file.read_text("ascii"))
    assert len(first.audit_key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["audit.key"]


def test_starts_at_the_same_moment_share_one_key(installation: Installation) -> None:
    def start(_number: int) -> Settings:
        return installation.load()

    with ThreadPoolExecutor(8) as pool:
        keys = {each.audit_key for each in pool.map(start, range(16))}
    assert len(keys) == 1


def test_a_key_that_is_set_is_taken_in_the_sandbox_too(installation: Installation) -> None:
    assert installation.load({"FRONTDESK_AUDIT_KEY": KEY}).audit_key == bytes.fromhex(KEY)
    assert not (installation.root / "data" / "audit.key").exists()


def test_a_spoilt_key_file_is_never_replaced(installation: Installation) -> None:
    file = installation.load().data / "audit.key"
    for spoilt in (b"", b"5a5a\n", b"\xff" * 40):
        file.write_bytes(spoilt)
        (problem,) = installation.problems()
        assert problem.startswith(f'FRONTDESK_DATA: "{file}" ')
        assert file.read_bytes() == spoilt


def test_the_library_is_in_the_data_and_made_by_whoever_fills_it(
    installation: Installation,
) -> None:
    library = installation.load({"FRONTDESK_DATA": "kept"}).library.folder
    assert library == installation.root / "kept" / "library"
    assert not library.exists()


def test_a_library_of_ones_own_may_exist_or_not(installation: Installation) -> None:
    (installation.root / "assets").mkdir()
    for name in ("assets", "other"):
        library = installation.load({"FRONTDESK_LIBRARY": name}).library.folder
        assert library == installation.root / name
    assert not (installation.root / "other").exists()
