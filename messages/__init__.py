"""What we say: facts in, text and blocks out.

Words stand in templates (``*.j2``, one file a message), written in the small markup of
:mod:`messages.markup`; Python draws the blocks. The folders: ``usual/`` tells of transitions that
most workflows share, ``<workflow key>/`` holds what one workflow says otherwise, ``desk/`` is
everything else that the bot says of its own accord. A workflow must bring ``headline.j2`` and
``facts.j2``; everything else has a usual wording
(``findings.j2``, what its rules found, in ``desk/``).
"""
