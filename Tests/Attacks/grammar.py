"""Requests made from a grammar of good and bad parts, and then perhaps damaged."""

import random

METHODS = [b"GET", b"POST", b"HEAD", b"OPTIONS", b"PUT", b"DELETE", b"CONNECT", b"get", b"G@T", b"", b"M" * 40]
TARGETS = [
    b"/plaintext", b"/json", b"/echo", b"/users/7", b"/users/%41%00", b"/../..", b"//", b"*", b"x:80", b"http://x/json", b"/a?b=c&d=%zz",
    b"/a#b", b"", b"/" + b"a" * 9_000, b"/secure/jwt/hello", b"/token/new", b"/\xff",
]
VERSIONS = [b"HTTP/1.1"] * 8 + [b"HTTP/1.0", b"HTTP/1.2", b"HTTP/2.0", b"http/1.1", b"HTTP/1.11", b""]
LINES = [
    b"Host: x", b"Host:", b"Host: x\r\nHost: y", b"Connection: close", b"Connection: keep-alive, x", b"Expect: 100-continue", b"Expect: x",
    b"Content-Length: 5", b"Content-Length: 0", b"Content-Length: 5\r\nContent-Length: 6", b"Content-Length: +5",
    b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked", b"X: a\r\n b", b"X: a\x00b",
    b": a", b"X", b"Authorization: Basic YTpi", b"Authorization: Bearer a.b.c", b"Authorization: ", b"Cookie: a=b; c=\"d", b"Accept: */*;q=2",
    b"Content-Type: application/json", b"Content-Type: multipart/form-data; boundary=", b"Upgrade: h2c\r\nConnection: Upgrade",
    b"If-None-Match: \"", b"Range: bytes=0-", b"Trailer: Host", b"X: " + b"a" * 500,
]
CONTENTS = [
    b"", b"", b"abcde", b"5\r\nabcde\r\n0\r\n\r\n", b"5;a=b\r\nabcde\r\n0\r\nX: y\r\n\r\n", b"5\nabcde\n0\n\n", b"0x5\r\nabcde\r\n0\r\n\r\n",
    b"FFFFFFFFFFFFFFFFF\r\n", b"5 \r\nabcde\r\n", b"-1\r\n", b"0\r\nHost: y\r\n\r\n",
]
ENDS = [b"\r\n"] * 20 + [b"\n", b"\r", b"\r\n\r\n", b""]
MARKS = b"\x00\t\n\r :;,=\"%/\x7f\xff0Ag"
PLAIN = [
    b"GET /plaintext HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
    b"GET /users/9?a=b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n",
    b"HEAD /json HTTP/1.1\r\nHost: x\r\nAccept: text/html, */*;q=0.1\r\n\r\n",
]


def request():
    """Mostly a good request with damage, or one put together from parts of which most are good."""
    chance = random.random()
    if chance < 0.45:
        return random.choice(PLAIN)
    if chance < 0.75:
        return damaged(random.choice(PLAIN))
    made = assembled()
    return damaged(made) if chance > 0.95 else made


def assembled():
    end = random.choice(ENDS)
    method = random.choice(METHODS) if random.random() < 0.3 else b"GET"
    target = random.choice(TARGETS)
    lines = [b"Host: x", *random.choices(LINES, k=random.randrange(4))]
    random.shuffle(lines)
    return b" ".join([method, target, random.choice(VERSIONS)]) + end + end.join(lines) + end + end + random.choice(CONTENTS)


def damaged(octets):
    octets = bytearray(octets)
    for _ in range(random.randrange(1, 4)):
        place = random.randrange(len(octets)) if octets else 0
        kind = random.randrange(5)
        if kind == 0:
            octets[place:place + 1] = bytes([random.choice(MARKS)])
        elif kind == 1:
            octets[place:place] = bytes([random.randrange(256)])
        elif kind == 2:
            del octets[place:place + random.randrange(1, 8)]
        elif kind == 3:
            octets[place:place] = octets[place:place + random.randrange(1, 30)]
        else:
            octets[place:place + 1] = random.randbytes(random.randrange(1, 5))
    return bytes(octets)
