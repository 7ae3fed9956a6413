"""Where the bytes of assets are kept: below a folder on local disk."""

from integrations.library.local import LocalLibrary

__all__ = ["LocalLibrary"]
