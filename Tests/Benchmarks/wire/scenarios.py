"""What is measured: the requests, and what has to come back before any of it counts."""

import base64
import dataclasses
import json

from server import Failed

CONTENT = b"0123456789abcdef" * 64
DEPTH = 16
BASIC = "Basic " + base64.b64encode(b"admin:password").decode()


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    path: str = "/plaintext"
    expected: bytes | None = b"Hello, World!"
    method: str = "GET"
    content: bytes = b""
    scheme: str | None = None
    depth: int = 1
    is_secure: bool = False
    # How it is measured: by `wrk`, `handshakes`, `idle` or `start`.
    kind: str = "wrk"

    def headers(self, server):
        if self.scheme == "Basic":
            return {"Authorization": BASIC}
        if self.scheme == "Bearer":
            return {"Authorization": "Bearer " + new_token(server)}
        return {}

    def octets(self, server):
        """What is sent at once."""
        fields = {"Host": "localhost", **self.headers(server)}
        if self.content:
            fields["Content-Length"] = str(len(self.content))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return (f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + self.content) * self.depth

    def check(self, server):
        """A server that answers something else, or lets everyone in, is not measured."""
        status, content = server.ask(self.path, self.method, self.headers(server), self.content or None)
        if status != 200 or self.expected is not None and content.replace(b" ", b"") != self.expected.replace(b" ", b""):
            raise Failed(f"{server.peer.name} answers {self.path} with {status} {content[:80]!r}")
        if self.scheme:
            self.check_refusals(server)

    def check_refusals(self, server):
        wrong = [{}]
        if self.scheme == "Basic":
            wrong.append({"Authorization": "Basic " + base64.b64encode(b"admin:Password").decode()})
        else:
            header, claims, signature = new_token(server).split(".")
            wrong.append({"Authorization": f"Bearer {header}.{claims}.{'A' * len(signature)}"})
            none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
            wrong.append({"Authorization": f"Bearer {none}.{claims}."})
        for headers in wrong:
            status, _ = server.ask(self.path, self.method, headers)
            if status != 401:
                raise Failed(f"{server.peer.name} answers {self.path} with {status} where 401 belongs")


def new_token(server):
    status, content = server.ask("/token/new", headers={"Authorization": BASIC})
    if status != 200:
        raise Failed(f"{server.peer.name} issues no token: {status}")
    return json.loads(content)["access_token"]


ALL = [
    Scenario("plaintext", "plain text"),
    Scenario("json", "JSON", path="/json", expected=b'{"message":"Hello, World!"}'),
    Scenario("users", "route with a parameter", path="/users/12345", expected=b"12345"),
    Scenario("echo", "echo of 1 KB", path="/echo", method="POST", content=CONTENT, expected=CONTENT),
    Scenario("jwt", "bearer token verified", path="/secure/jwt/hello", scheme="Bearer", expected=b"JWT Hello admin"),
    Scenario("token", "bearer token issued", path="/token/new", scheme="Basic", expected=None),
    Scenario("pipelined", f"plain text, {DEPTH} in a row", depth=DEPTH),
    Scenario("tls", "plain text over TLS", is_secure=True),
    Scenario("handshakes", "TLS handshake", is_secure=True, kind="handshakes"),
    Scenario("idle", "idle connection", kind="idle"),
    Scenario("start", "start", kind="start"),
]
