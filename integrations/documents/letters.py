"""Bytes of a text as its letters, whatever its program wrote them in."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder

from integrations.documents.literal import printable


def decoded(content: bytes, *, is_text: bool = True, is_cut: bool = False) -> str | None:
    """Return a text in UTF-8, in UTF-16 if it says so, else in the letters of Windows.

    None where it is no text: it has a zero byte. Unless ``is_text`` is known, bytes that are not
    UTF-8 are no text either. Where it ``is_cut``, the last character may be half of one.
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return printable(content.decode("utf-16", errors="replace"))
    if b"\0" in content:
        return None
    decoder = getincrementaldecoder("utf-8")()
    try:
        return printable(decoder.decode(content.removeprefix(BOM_UTF8), final=not is_cut))
    except UnicodeDecodeError:
        return printable(content.decode("cp1252", errors="replace")) if is_text else None
