"""SoftHSM, which keeps keys as a piece of hardware does: Debian's softhsm2."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pkcs11
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.integrations.seal.authorities import Pair

PIN = "2718"
_LABEL = "Frontdesk"
_PLACES = ("softhsm/libsofthsm2.so", "*/softhsm/libsofthsm2.so")


class NoSoftHsmError(Exception):
    """It is not there; the text says what helps."""


@dataclass(frozen=True)
class Token:
    """A token with the label Frontdesk."""

    module: Path
    label: str = _LABEL

    def keep(self, name: str, pair: Pair) -> None:
        """Put a key there under a name, as one that never leaves it, and its certificates."""
        plain = pair.key.private_bytes(
            Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
        )
        stays = {Attribute.TOKEN: True, Attribute.LABEL: name}
        hidden = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
        found = pkcs11.lib(str(self.module)).get_token(token_label=self.label)
        with found.open(rw=True, user_pin=PIN) as session:
            session.create_object(decode_rsa_private_key(plain) | stays | hidden)
        self.certify(name, pair)

    def certify(self, name: str, pair: Pair) -> None:
        """Put certificates there."""
        found = pkcs11.lib(str(self.module)).get_token(token_label=self.label)
        with found.open(rw=True, user_pin=PIN) as session:
            for each in (pair.certificate, pair.root):
                content = decode_x509_certificate(each.public_bytes(Encoding.DER))
                stays = {Attribute.TOKEN: True, Attribute.LABEL: name}
                session.create_object(content | stays)

    def uri(self, key: str) -> str:
        """Return what names a key, as the setting has it."""
        return f"pkcs11:token={self.label};object={quote(key)}?module-path={self.module}"


def new_token(folder: Path) -> Token:
    """Make a token in a folder, the only one of this process. Raises NoSoftHsmError."""
    program = shutil.which("softhsm2-util")
    found = [each for place in _PLACES for each in Path("/usr/lib").glob(place)]
    if program is None or not found:
        raise NoSoftHsmError("there is no SoftHSM: `make softhsm`")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    command = [program, "--init-token", "--free", "--label", _LABEL, "--pin", PIN]
    subprocess.run([*command, "--so-pin", "31415926"], check=True, capture_output=True)
    return Token(found[0])
