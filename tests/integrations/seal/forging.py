"""What whoever has a sealed file, or a key of their own, can make of it."""

import hashlib
import io
import re

from asn1crypto import cms, tsp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter

from integrations.seal.signing import signer_of
from tests.integrations.seal.authorities import Pair, TimeAuthority

_CONTAINER = re.compile(rb"/Contents <([0-9a-fA-F]+)>")


def with_stamp(sealed: bytes, authority: TimeAuthority, of: bytes = b"") -> bytes:
    """Put a stamp of an authority into a seal, as if it had been there; ``of``: for that file's."""
    room = _room(sealed)
    seal = cms.ContentInfo.load(bytes.fromhex(room[1].decode()))
    mark = _signature(of or sealed)
    query = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": hashlib.sha256(mark).digest(),
            },
            "nonce": 1,
            "cert_req": True,
        }
    )
    token = tsp.TimeStampResp.load(authority.answer(query.dump()))["time_stamp_token"]
    stamp = {"type": "signature_time_stamp_token", "values": [token]}
    seal["content"]["signer_infos"][0]["unsigned_attrs"] = [cms.CMSAttribute(stamp)]
    written = seal.dump(force=True).hex().encode().ljust(len(room[1]), b"0")
    assert len(written) == len(room[1])
    return b"".join((sealed[: room.start(1)], written, sealed[room.end(1) :]))


def sealed_by(pair: Pair, pdf: bytes) -> bytes:
    """Seal a file with whatever key, as other programs do."""
    wanted = PdfSignatureMetadata(field_name="Seal", subfilter=SigSeedSubFilter.PADES)
    signer = signer_of(pair.key, pair.certificate, [pair.root])
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    made: bytes = PdfSigner(wanted, signer).sign_pdf(writer, bytes_reserved=32768).getvalue()
    return made


def _signature(sealed: bytes) -> bytes:
    seal = cms.ContentInfo.load(bytes.fromhex(_room(sealed)[1].decode()))
    signature: bytes = seal["content"]["signer_infos"][0]["signature"].native
    return signature


def _room(sealed: bytes) -> re.Match[bytes]:
    [room] = _CONTAINER.finditer(sealed)
    return room
