"""The settings from and to files at the command line: ``app.py config``."""

import sys
from pathlib import Path

from bot.errors import CannotGoOn, UnfitSettings
from bot.setting import moving
from integrations.clock import SystemClock
from records import open_record
from settings import Settings


def export_config(settings: Settings, file: Path | None) -> int:
    """Write the settings as they are now into ``file``, which must be new; without one print them.

    Raises CannotGoOn.
    """
    with open_record(settings) as database:
        try:
            text = moving.exported(database, settings.handbook)
        except UnfitSettings as unfit:
            raise CannotGoOn(f"The settings do not fit together: {unfit}") from None
    if file is None:
        print(text, end="")
        return 0
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except OSError as error:
        raise CannotGoOn(f"{file} could not be written: {error.strerror}.") from error
    print(f"{file}: the settings as they are now.")
    return 0


def import_config(settings: Settings, file: Path, *, agreed: bool) -> int:
    """Say what ``file`` would change; do it when ``agreed``. Return 1 when it is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotGoOn(f"{file} could not be read: {error}.") from error
    with open_record(settings) as database:
        now, handbook = SystemClock().now(), settings.handbook
        try:
            changes = moving.imported(database, handbook, text, now, rehearsed=not agreed)
        except UnfitSettings as unfit:
            for key, said in unfit.problems:
                print(f"✗ {file.name}: {key}: {said}" if key else f"✗ {said}", file=sys.stderr)
            print("Nothing was changed.", file=sys.stderr)
            return 1
    for each in changes:
        print(f"- {each.key}: {each.before or 'not set'} -> {each.after or 'not set'}")
    if not changes:
        print("The settings say this already.")
    elif agreed:
        print("✓ Changed, on record, in every process; admins and auditors are told in Slack.")
    else:
        print("Nothing was changed; add --yes to do it.")
    return 0
