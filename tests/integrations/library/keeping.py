"""A program that keeps bytes: ``python keeping.py FOLDER BYTES [LARGEST]``.

It prints the hash, or what the library says. With LARGEST no file may grow beyond so many bytes.
"""

import sys
from pathlib import Path

from bot.ports.library import LibraryUnavailable
from integrations.library import LocalLibrary

if __name__ == "__main__":
    folder, size, *largest = sys.argv[1:]
    if largest:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest[0]), int(largest[0])))
    try:
        said = LocalLibrary(Path(folder)).keep(b"x" * int(size))
    except LibraryUnavailable as unavailable:
        said = str(unavailable)
    sys.stdout.write(said)
