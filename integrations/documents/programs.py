"""Which files of strangers are refused unread: programs, and what a browser would run."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence

from bot.ports.documents import NotRendered
from integrations.documents.literal import printable

_STARTED = frozenset(
    "apk app appimage bat bash chm cmd com command cpl csh deb dll dmg exe gadget hta img inf ins"
    " iso jar js jse ksh lnk mjs msi msix msp mst pif pkg ps1 ps1xml ps2 psc1 psm1 py pyw rb reg"
    " rpm scf scr sct sh shb shs vb vbe vbs vhd vhdx ws wsc wsf wsh xll zsh".split()
)
"""Endings of names that a click starts, or that hold what it starts."""

_SHOWN = frozenset("hta htm html mht mhtml shtml svg svgz xht xhtml xml xsl xslt".split())
"""Endings of names that a browser opens and in which it runs scripts."""

_PROGRAMS = (
    b"MZ",  # Windows, DOS
    b"ZM",  # DOS, likewise
    b"\x7fELF",  # Linux
    b"\xfe\xed\xfa\xce",  # macOS: Mach-O, and with its bytes turned round
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # macOS for several processors; a class of Java
    b"\xca\xfe\xba\xbf",
    b"dex\n",  # Android
    b"\0asm",  # WebAssembly
    b"#!",  # a script for any shell
    BOM_UTF8 + b"#!",
    b"L\0\0\0\x01\x14\x02\0",  # a shortcut of Windows
    b"!<arch>\ndebian",  # packages of Linux
    b"\xed\xab\xee\xdb",
)
"""How they begin (https://en.wikipedia.org/wiki/List_of_file_signatures)."""

_INSTALLER = b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"
"""The class id in the root of an .msi, which is otherwise built as an old Office file is."""

_OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DISK_IMAGE, _ITS_TRAILER = b"koly", 512

_ANDROID, _JAVA = "AndroidManifest.xml", "META-INF/MANIFEST.MF"

_MARKUP = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+)*+"
    r"<(?:\?xml|!doctype|html|head|body|script|iframe|frameset|svg|style|title|meta|math)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a page begins: by these a browser knows one, whatever its name says."""

_START = 64 * 1024


def refuse_programs(name: str, content: bytes) -> None:
    """Raise NotRendered, with a sentence, for a program or a script, by its name or its bytes."""
    ending = _ending(name)
    if ending in _STARTED or _is_program(content):
        raise NotRendered(
            "The file is a program or a script, or is named like one; such files are not taken."
        )
    if ending in _SHOWN or _MARKUP.match(_start(content)):
        raise NotRendered("The file could run a script in a browser; please hand in a PDF.")


def refuse_packed_programs(names: Sequence[str]) -> None:
    """Raise NotRendered when an archive is a program, or holds one of these ``names``."""
    if _ANDROID in names or _JAVA in names:
        raise NotRendered("The file is a program; such files are not taken.")
    found = next((name for name in names if _ending(name) in _STARTED), "")
    if found:
        raise NotRendered(f"The archive holds a program ({printable(found)[-80:]}).")


def _ending(name: str) -> str:
    """Return what follows the last dot; Windows does not see dots and spaces at the end."""
    _, dot, ending = printable(name).rstrip(". \t\n").rpartition(".")
    return ending.strip().lower() if dot else ""


def _is_program(content: bytes) -> bool:
    if content.startswith(_PROGRAMS) or content[-_ITS_TRAILER:].startswith(_DISK_IMAGE):
        return True
    return content.startswith(_OFFICE_97) and _INSTALLER in content


def _start(content: bytes) -> str:
    start = content[:_START]
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return start.decode("utf-16", errors="replace")
    return start.removeprefix(BOM_UTF8).decode("latin-1")
