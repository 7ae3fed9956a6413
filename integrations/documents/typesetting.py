"""A confined program: a template and its data in, a PDF or pictures of its pages out."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import typst

from bot.ports.documents import NotRendered
from bot.ports.values import Json
from integrations.documents.answering import answer

_FONTS = Path(__file__).parent / "fonts"
_PLACE = re.compile(r"__typst_py_bytes__\.typ:(\d+):\d+")
_SEARCHED = re.compile(r" \(searched at .*\)")
_DOTS_PER_INCH = 144.0


def typeset(facts: Json, source: bytes) -> Sequence[bytes]:
    """Return one PDF, or a PNG a page, by ``facts["format"]``. Raises NotRendered.

    Nothing but the template, its data, our fonts and those of ``facts["fonts"]`` is within reach:
    the root is the empty folder this process stands in, no font of the system is looked at, and
    no package is downloaded.
    """
    here = Path.cwd()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[_FONTS, *map(Path, facts["fonts"])])
    try:
        compiler = typst.Compiler(
            source,
            root=here,
            font_paths=fonts,
            package_path=here,
            package_cache_path=here,
            sys_inputs={"data": json.dumps(facts["data"])},
        )
        made = compiler.compile(
            format=facts["format"], ppi=_DOTS_PER_INCH, timestamp=facts["timestamp"]
        )
    except typst.TypstError as error:
        raise NotRendered(_sentence(error)) from error
    return made if isinstance(made, list) else [made or b""]


def _sentence(error: typst.TypstError) -> str:
    place = _PLACE.search(error.diagnostic)
    line = f"line {place[1]}: " if place else ""
    return f"The template does not compile: {line}{_wrong(error)}."


def _wrong(error: typst.TypstError) -> str:
    if error.message.startswith("failed to download package"):
        return "it imports a package, and packages are not downloaded"
    return "; ".join([_SEARCHED.sub("", error.message), *error.hints]).rstrip(".")


if __name__ == "__main__":
    answer(typeset)
