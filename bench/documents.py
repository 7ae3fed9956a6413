"""A Statement of Work of three pages made into a PDF, next to the least that is a document.

``python -m bench.documents sow`` (or ``empty``) makes one, and prints how much memory its process
took at most, in MiB. It is a program of its own because the kernel reports one peak for all of the
processes that a process has started, and never less than what the one who started them had.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from statistics import median

from bench.errors import NotMeasured
from bench.figures import Row
from bench.machine import cores, kept_on
from bench.processes import ROOT, module
from bench.size import Size
from bot.ports.values import Json
from integrations.documents.literal import printable_data
from integrations.documents.renderer import TypstRenderer
from tests.integrations.documents.samples import SOW

PAGES = 3

_RENDERER = TypstRenderer()
_TEMPLATE = _RENDERER.shipped("sow")
_NOTHING = _RENDERER.template("nothing", 1, "")


def documents(size: Size) -> list[Row]:
    """Return the time of one document and the memory of its process. Raises NotMeasured."""
    if (pages := len(_RENDERER.pages(_RENDERER.pdf(_TEMPLATE, SOW)))) != PAGES:
        raise NotMeasured(f"The Statement of Work has {pages} pages, not {PAGES}.")
    took: dict[str, list[float]] = {"sow": [], "empty": [], "here": []}
    with kept_on(cores()[0]), tempfile.TemporaryDirectory() as folder, chdir(folder):
        for number in range(size.documents):
            for name, make in _MAKE.items():
                begun = time.perf_counter()
                make(SOW | {"number": f"SOW-{number + 1}"})
                took[name].append((time.perf_counter() - begun) * 1000)
        peaks = {name: _peak_of(name) for name in ("sow", "empty")}
    what = f"{PAGES}-page SOW as PDF"
    worst = f"worst of {size.documents}"
    beside, here = "floor: empty document", "floor: same, in this process"
    return [
        Row(f"{what}: p50; {beside}", "ms", median(took["empty"]), median(took["sow"])),
        Row(f"{what}: {worst}; {beside}", "ms", max(took["empty"]), max(took["sow"])),
        Row(f"{what}: p50; {here}", "ms", median(took["here"]), median(took["sow"])),
        Row(f"{what}: {worst}; {here}", "ms", max(took["here"]), max(took["sow"])),
        Row(f"{what}: peak memory; {beside}", "MiB", peaks["empty"], peaks["sow"]),
    ]


def _in_a_process(data: Json) -> None:
    _RENDERER.pdf(_TEMPLATE, data)


def _empty(_data: Json) -> None:
    _RENDERER.pdf(_NOTHING, {})


def _here(data: Json) -> None:
    """No process, no limits: in an empty folder, as the renderer's own process stands in one."""
    from integrations.documents.typesetting import typeset  # noqa: PLC0415 - not in the peak's program

    facts = {"format": "pdf", "data": printable_data(data), "timestamp": 0, "fonts": []}
    typeset(facts, _TEMPLATE.source.encode())


_MAKE: dict[str, Callable[[Json], None]] = {
    "empty": _empty,
    "sow": _in_a_process,
    "here": _here,
}


def _peak_of(name: str) -> float:
    done = subprocess.run(  # noqa: S603 - this module
        [*module("bench.documents"), name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotMeasured(f"The memory of a document: {done.stderr.strip()}")
    return float(done.stdout)


def main(name: str) -> None:
    """Make one document, and print the peak of the memory of its process in MiB."""
    _MAKE[name](SOW)
    status = Path("/proc/self/status").read_text().split()
    own = int(status[status.index("VmHWM:") + 1])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if peak <= own:
        sys.exit("This process takes more memory than the one it started, and hides its peak.")
    print(peak / 1024)


if __name__ == "__main__":
    main(sys.argv[1])
