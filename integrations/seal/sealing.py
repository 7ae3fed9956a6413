"""The seal itself: a PAdES certification signature, after which nothing may be changed.

ISO 32000-2, 12.8.2.2 (DocMDP): a reader calls every later change of the file one that is not
permitted. What was sealed stays in the file byte for byte, as its beginning.
"""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError

from bot.ports import Clock, SealState, SealUnavailable
from integrations.seal.checking import NoSeal, look
from integrations.seal.keys import Keys, KeySource, called
from integrations.seal.time_stamps import TimeStamps

_FIELD = "Seal"
_DIGEST = "sha256"
_ROOM = 2 * 16 * 1024
"""Places for the signature, two of them a byte: all certificates and a time stamp have room."""


class PyhankoSeal:
    """:class:`bot.ports.Seal` with the keys that ``source`` has at the moment of sealing.

    ``timestamps``: the URL of an RFC 3161 authority, or "" for none; without one the time in a seal
    is that of this machine.
    """

    def __init__(self, source: KeySource, timestamps: str, clock: Clock) -> None:
        """Remember them; the keys are looked for when they are needed."""
        self._source = source
        self._stamps = TimeStamps(timestamps, clock) if timestamps else None
        self._clock = clock

    @property
    def name(self) -> str:
        """Whose seal it is. Raises SealUnavailable."""
        return self._source.keys().name

    @property
    def whole_name(self) -> str:
        """All that its certificate says of whose it is. Raises SealUnavailable."""
        return self._source.keys().whole_name

    @property
    def root(self) -> bytes:
        """The uppermost certificate, as PEM. Raises SealUnavailable."""
        return self._source.keys().root

    def sealed(self, pdf: bytes, reason: str) -> bytes:
        """Return the PDF under the seal, which was looked at. Raises SealUnavailable."""
        keys = self._valid()
        wanted = PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm=_DIGEST,
            name=keys.name,
            reason=reason,
            certify=True,
            subfilter=SigSeedSubFilter.PADES,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        try:
            made = PdfSigner(wanted, keys.signer, timestamper=self._stamps).sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False), bytes_reserved=_ROOM
            )
            content: bytes = made.getvalue()
            found = look(content, (keys.root,))
        except (PdfError, SigningError, NoSeal, ValueError) as error:
            raise _useless(str(error) or type(error).__name__) from error
        if not content.startswith(pdf) or not found.is_unchanged:
            raise _useless("the sealed file does not pass its own check")
        if not found.is_ours:
            said = f"the certificate of {keys.name} is not for signing, or its issuer is another"
            raise SealUnavailable(f"nothing could be sealed: {said}", self._source.fix)
        if self._stamps is not None and not found.is_stamped:
            raise _useless("the time stamp does not pass its check")
        return content

    def check(self) -> SealState:
        """Look at the keys, and ask for a time stamp. Raises SealUnavailable."""
        keys = self._valid()
        if self._stamps is not None:
            self._stamps.check()
        return SealState(until=keys.until, timestamps=self._stamps.url if self._stamps else "")

    def _valid(self) -> Keys:
        keys, now = self._source.keys(), self._clock.now()
        if now >= keys.until:
            ended = keys.ends_first
            said = f"the certificate of {called(ended.subject)} ended on {keys.until:%Y-%m-%d}"
            raise SealUnavailable(said, self._source.fix)
        if now < keys.since:
            said = f"the certificate of {keys.name} begins on {keys.since:%Y-%m-%d}"
            raise SealUnavailable(said, "Set this machine's clock, or wait until then.")
        return keys


def _useless(why: str) -> SealUnavailable:
    return SealUnavailable(f"nothing could be sealed: {why}", "Look at the log; it is tried again.")
