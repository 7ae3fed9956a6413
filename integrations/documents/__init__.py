"""Documents: the embedded renderer, which needs no account, no network and no system package.

Whatever handles templates or bytes of strangers runs in a process of its own, for one document,
under limits: :mod:`integrations.documents.confinement` starts it, ``answering`` is its inside.
"""
