#!/usr/bin/env python3
"""Signs and encrypts with other libraries for Apus, and the other way round; prints who understood whom.

They are joserfc, jwcrypto, and for RSA also jwskate and, where there is one, node's crypto.

interop.py PEER    where PEER is the executable InteropPeer
"""
import base64
import json
import pathlib
import secrets
import shutil
import subprocess
import sys
import warnings

import jwcrypto.jwe
import jwcrypto.jwk
import jwcrypto.jws
import jwskate
from joserfc import jwe as rfc_jwe
from joserfc import jws as rfc_jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

PAYLOAD = b"It\xe2\x80\x99s a dangerous business, Frodo, going out your door."
SIGNATURES = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
    "ES256", "ES384", "ES512", "ES256K", "EdDSA",
]
MANAGEMENT = [
    "dir", "A128KW", "A192KW", "A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW",
    "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512",
    "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW",
    "PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW",
]
ENCRYPTIONS = {
    "A128GCM": 16, "A192GCM": 24, "A256GCM": 32, "A128CBC-HS256": 32, "A192CBC-HS384": 48, "A256CBC-HS512": 64,
}
CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "ES256K": "secp256k1"}
AGREEMENT_KEYS = ["P-256", "P-384", "P-521", "X25519", "X448"]
PASSWORD = "entrap_o–peter_long–credit_tun"
RSA = RSAKey.generate_key(2048).as_dict(private=True)


def encode(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Peer:
    """The executable on the other end of two pipes."""

    def __init__(self, *command, name="Apus"):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(f"{self.name}: {answer['error']}")
        return answer["result"]

    def close(self):
        self.process.stdin.close()
        return self.process.wait(timeout=10)


class Joserfc:
    name = "joserfc"

    @staticmethod
    def has(alg, enc):
        return alg not in ("RSA-OAEP-384", "RSA-OAEP-512")

    # Its registry is asked for every algorithm by name, so that those it does not recommend are on as well.
    signing = rfc_jws.JWSRegistry(algorithms=SIGNATURES)
    encrypting = rfc_jwe.JWERegistry(algorithms=MANAGEMENT + list(ENCRYPTIONS))

    @staticmethod
    def key(jwk):
        return {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey, "oct": OctKey}[jwk["kty"]].import_key(dict(jwk))

    def sign(self, alg, jwk):
        return rfc_jws.serialize_compact({"alg": alg}, PAYLOAD, self.key(jwk), registry=self.signing)

    def verify(self, alg, jwk, text):
        return rfc_jws.deserialize_compact(text, self.key(jwk), registry=self.signing).payload

    def encrypt(self, alg, enc, jwk):
        return rfc_jwe.encrypt_compact({"alg": alg, "enc": enc}, PAYLOAD, self.key(jwk), registry=self.encrypting)

    def decrypt(self, alg, enc, jwk, text):
        return rfc_jwe.decrypt_compact(text, self.key(jwk), registry=self.encrypting).plaintext


class Jwcrypto:
    name = "jwcrypto"
    has = staticmethod(Joserfc.has)

    @staticmethod
    def key(jwk):
        return jwcrypto.jwk.JWK(**jwk)

    def sign(self, alg, jwk):
        message = jwcrypto.jws.JWS(PAYLOAD)
        message.allowed_algs = [alg]
        message.add_signature(self.key(jwk), alg, json.dumps({"alg": alg}))
        return message.serialize(compact=True)

    def verify(self, alg, jwk, text):
        message = jwcrypto.jws.JWS()
        message.allowed_algs = [alg]
        message.deserialize(text, self.key(jwk))
        return message.payload

    def encrypt(self, alg, enc, jwk):
        message = jwcrypto.jwe.JWE(PAYLOAD, json.dumps({"alg": alg, "enc": enc}), algs=[alg, enc])
        message.add_recipient(self.key(jwk))
        return message.serialize(compact=True)

    def decrypt(self, alg, enc, jwk, text):
        message = jwcrypto.jwe.JWE(algs=[alg, enc])
        message.deserialize(text, self.key(jwk))
        return message.payload


class Jwskate:
    """Has what joserfc and jwcrypto do not: RSA-OAEP with SHA-384 and SHA-512."""

    name = "jwskate"

    @staticmethod
    def has(alg, enc):
        return alg.startswith("RSA")

    def encrypt(self, alg, enc, jwk):
        return str(jwskate.JweCompact.encrypt(PAYLOAD, jwskate.Jwk(jwk).public_jwk(), alg=alg, enc=enc))

    def decrypt(self, alg, enc, jwk, text):
        return bytes(jwskate.JweCompact(text).decrypt(jwskate.Jwk(jwk), alg=alg))


class Node:
    """The same out of the parts that node's crypto offers, which share no line with what Python has."""

    name = "node"
    has = staticmethod(Jwskate.has)

    def __init__(self, path):
        self.peer = Peer(path, str(pathlib.Path(__file__).with_name("peer.mjs")), name="node")

    def encrypt(self, alg, enc, jwk):
        return self.peer.ask(do="encrypt", alg=alg, enc=enc, key=jwk, payload=encode(PAYLOAD))

    def decrypt(self, alg, enc, jwk, text):
        return decode(self.peer.ask(do="decrypt", alg=alg, enc=enc, key=jwk, message=text))


def signature_keys(alg):
    if alg.startswith("HS"):
        return [{"kty": "oct", "k": encode(secrets.token_bytes(int(alg[2:]) // 8))}]
    if alg[:2] in ("RS", "PS"):
        return [RSA]
    if alg == "EdDSA":
        return [OKPKey.generate_key(curve).as_dict(private=True) for curve in ("Ed25519", "Ed448")]
    return [ECKey.generate_key(CURVES[alg]).as_dict(private=True)]


def encryption_keys(alg, enc):
    """The keys that an algorithm is tried with, each with its password if it is one."""
    if alg == "dir":
        return [({"kty": "oct", "k": encode(secrets.token_bytes(ENCRYPTIONS[enc]))}, None)]
    if alg.startswith("PBES2"):
        return [({"kty": "oct", "k": encode(PASSWORD.encode())}, PASSWORD)]
    if alg.startswith("RSA"):
        return [(RSA, None)]
    if alg.startswith("ECDH"):
        return [
            ((OKPKey if curve.startswith("X") else ECKey).generate_key(curve).as_dict(private=True), None)
            for curve in AGREEMENT_KEYS
        ]
    return [({"kty": "oct", "k": encode(secrets.token_bytes(int(alg[1:4]) // 8))}, None)]


class Matrix:
    """Counts what was tried, and keeps what did not work."""

    initials = {"joserfc": "f", "jwcrypto": "w", "jwskate": "s", "node": "n"}

    def __init__(self):
        self.passed, self.failures = 0, []

    def attempt(self, what, make, read):
        """`make` and `read` are each of one side."""
        try:
            result = read(make())
        except Exception as error:  # whatever a library throws, it is the finding
            self.failures.append(f"{what}: {type(error).__name__} {error}")
            return "FAIL"
        if result != PAYLOAD:
            self.failures.append(f"{what}: other content came out")
            return "FAIL"
        self.passed += 1
        return "ok"

    @staticmethod
    def summary(cells):
        """The initials of the libraries where both ways went well, and in full what did not."""
        good = [Matrix.initials[cell.split("/")[0]] for cell in cells if cell.endswith("/ok/ok")]
        bad = [cell for cell in cells if not cell.endswith("/ok/ok")]
        return " ".join([*good, *bad]) or "-"

    def both(self, what, library, theirs, ours):
        """A message of theirs and a message of ours; each is a pair of making and reading."""
        return [self.attempt(f"{what} {library.name} → Apus", *theirs), self.attempt(f"{what} Apus → {library.name}", *ours)]


def try_signatures(peer, matrix, libraries):
    print(f"{'signatures':24}" + "".join(f"{library.name:>12}" for library in libraries))
    for alg in SIGNATURES:
        for jwk in signature_keys(alg):
            label = alg + (f" {jwk['crv']}" if alg == "EdDSA" else "")
            cells = []
            for library in libraries:
                cells.append("/".join(matrix.both(
                    label, library,
                    (lambda: library.sign(alg, jwk),
                     lambda text: decode(peer.ask(do="verify", alg=alg, key=jwk, message=text))),
                    (lambda: peer.ask(do="sign", alg=alg, key=jwk, payload=encode(PAYLOAD)),
                     lambda text: library.verify(alg, jwk, text)))))
            print(f"{label:24}" + "".join(f"{cell:>12}" for cell in cells))


def try_encryption(peer, matrix, libraries):
    print(f"\n{'encryption':24}" + "".join(f"{enc:>16}" for enc in ENCRYPTIONS))
    for alg in MANAGEMENT:
        rows = {}
        for enc in ENCRYPTIONS:
            for index, (jwk, password) in enumerate(encryption_keys(alg, enc)):
                label = alg + (f" {AGREEMENT_KEYS[index]}" if alg.startswith("ECDH") else "")
                asked = {"alg": alg, "enc": enc, "key": jwk} | ({"password": password} if password else {})
                cells = []
                for library in libraries:
                    if not library.has(alg, enc):
                        continue
                    both = matrix.both(
                        f"{label} {enc}", library,
                        (lambda: library.encrypt(alg, enc, jwk),
                         lambda text: decode(peer.ask(do="decrypt", message=text, **asked))),
                        (lambda: peer.ask(do="encrypt", payload=encode(PAYLOAD), **asked),
                         lambda text: library.decrypt(alg, enc, jwk, text)))
                    cells.append("/".join([library.name, *both]))
                if not cells:
                    matrix.failures.append(f"{label} {enc}: no library has it")
                rows.setdefault(label, []).append(Matrix.summary(cells))
        for label, cells in rows.items():
            print(f"{label:24}" + "".join(f"{cell:>16}" for cell in cells))


def try_thumbprints(peer, matrix):
    keys = [RSA] + [jwk for alg in ("HS256", "ES256", "ES384", "ES512", "ES256K", "EdDSA") for jwk in signature_keys(alg)]
    for jwk in keys:
        if peer.ask(do="thumbprint", key=jwk) == Jwcrypto.key(jwk).thumbprint():
            matrix.passed += 1
        else:
            matrix.failures.append(f"thumbprint of {jwk['kty']} {jwk.get('crv', '')}")


def main():
    # RFC 9864 would have EdDSA's curve in its name; nobody is to be told once a message.
    warnings.simplefilter("ignore")
    peer, matrix = Peer(sys.argv[1]), Matrix()
    node = shutil.which("node")
    others = [Node(node)] if node else []
    try_signatures(peer, matrix, [Joserfc(), Jwcrypto()])
    try_encryption(peer, matrix, [Joserfc(), Jwcrypto(), Jwskate(), *others])
    try_thumbprints(peer, matrix)
    for process in [peer, *(library.peer for library in others)]:
        if process.close() != 0:
            matrix.failures.append(f"the peer {process.name} ended with an error")
    print("\neach cell of signatures: library → Apus / Apus → library")
    print("each cell of encryption: the libraries with which both ways went well, which are")
    print("  f joserfc, w jwcrypto, s jwskate, n node's crypto" + ("" if node else " (left out: there is no node)"))
    print(f"{matrix.passed} passed, {len(matrix.failures)} failed")
    for failure in matrix.failures:
        print("  " + failure)
    return 1 if matrix.failures else 0


if __name__ == "__main__":
    sys.exit(main())
