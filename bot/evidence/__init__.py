"""The record of one request, for whoever has to prove it later.

"Maintain comprehensive records of the entire SOW process ... for future reference and auditing"
(Deals Requiring SOW, step 7): :func:`bundle` puts all of it into one file, :func:`of` gives the
request and its timeline alone, and :mod:`bot.evidence.exporting` is the auditor's button.
"""

from bot.evidence.archive import Archive
from bot.evidence.bundle import bundle, file_name
from bot.evidence.exporting import deliver_export, export
from bot.evidence.tables import of

__all__ = ["Archive", "bundle", "deliver_export", "export", "file_name", "of"]
