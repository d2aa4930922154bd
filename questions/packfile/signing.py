"""Ed25519 signatures of packs. Needs the package `cryptography`, an extra of ours: `sign`."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from losses.text import Text

_ALGORITHM = "Ed25519"
# Signed together with the message, so that no signature made for something else fits.
_PURPOSE = b"quizpack/1\n"


class SigningProblem(Exception):
    """A signature that cannot be made or read; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class SigningUnavailable(SigningProblem):
    """The package `cryptography` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                '署名を扱うには pip install "quizapp[sign]" が要る',
                'signatures need pip install "quizapp[sign]"',
            )
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and what the signature is: 32 and 64 bytes."""

    public_key: bytes
    value: bytes

    @property
    def signer(self) -> str:
        """Return the public key as people compare it: Base64, 44 characters."""
        return base64.b64encode(self.public_key).decode()

    def to_json(self) -> bytes:
        """Return what stands in the file `signature.json` of a pack."""
        entry = {
            "algorithm": _ALGORITHM,
            "public_key": self.signer,
            "signature": base64.b64encode(self.value).decode(),
        }
        return json.dumps(entry, indent=2).encode() + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Signature:
        """Return the signature that `to_json` wrote. Raises ValueError."""
        entry = json.loads(data)
        if not isinstance(entry, dict) or entry.get("algorithm") != _ALGORITHM:
            raise ValueError("not an Ed25519 signature")
        key, value = entry.get("public_key"), entry.get("signature")
        if not isinstance(key, str) or not isinstance(value, str):
            raise ValueError("a signature without its parts")
        try:
            read = cls(base64.b64decode(key, validate=True), base64.b64decode(value, validate=True))
        except binascii.Error as error:
            raise ValueError("not Base64") from error
        if (len(read.public_key), len(read.value)) != (32, 64):
            raise ValueError("a signature of the wrong length")
        return read


def new_keys() -> tuple[bytes, bytes]:
    """Return a new private and public key as PEM. Raises SigningUnavailable."""
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
    except ImportError as error:
        raise SigningUnavailable from error
    private = ed25519.Ed25519PrivateKey.generate()
    return (
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
    )


def sign(message: bytes, private_pem: bytes) -> Signature:
    """Sign a message. Raises SigningProblem for a key that is none."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
    except ImportError as error:
        raise SigningUnavailable from error
    try:
        private = serialization.load_pem_private_key(private_pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _not_a_key() from error
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise _not_a_key()
    return Signature(
        private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        ),
        private.sign(_PURPOSE + message),
    )


def public_key(public_pem: bytes) -> bytes:
    """Return the 32 bytes of a public key. Raises SigningProblem."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
    except ImportError as error:
        raise SigningUnavailable from error
    try:
        public = serialization.load_pem_public_key(public_pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _not_a_key() from error
    if not isinstance(public, ed25519.Ed25519PublicKey):
        raise _not_a_key()
    raw: bytes = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return raw


def fits(signature: Signature, message: bytes) -> bool:
    """Return whether a signature is one of this message. Raises SigningUnavailable."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
    except ImportError as error:
        raise SigningUnavailable from error
    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(signature.public_key)
        key.verify(signature.value, _PURPOSE + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _not_a_key() -> SigningProblem:
    return SigningProblem(
        Text("Ed25519の鍵（PEM形式）ではない", "this is not an Ed25519 key in PEM form")
    )
