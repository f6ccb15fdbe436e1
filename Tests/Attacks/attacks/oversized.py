"""100 clients that send 4 MB of everything: method, target, version, name, value, host, length, chunk size, content, trailer."""

import random

from wire import receive, send, swarm

CLIENTS = 100
LARGE = b"9" * 4_000_000
POST = b"POST /echo HTTP/1.1\r\nHost: x\r\n"
SHAPES = [
    (b"", b" / HTTP/1.1\r\n\r\n"),
    (b"GET /", b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"GET /?", b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"GET / HTTP/1.", b"\r\nHost: x\r\n\r\n"),
    (b"GET / HTTP/1.1\r\nHost: ", b"\r\n\r\n"),
    (POST + b"X", b": y\r\n\r\n"),
    (POST + b"Cookie: a=", b"\r\n\r\n"),
    (POST + b"Content-Length: ", b"\r\n\r\n"),
    (POST + b"Content-Length: 4000000\r\n\r\n", b""),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"\r\n"),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n3D0900\r\n", b"\r\n0\r\n\r\n"),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"\r\n\r\n"),
    (POST + b"Authorization: Basic ", b"\r\n\r\n"),
]


async def client(target, connection):
    start, end = random.choice(SHAPES)
    target.count("requests")
    await send(connection, start + LARGE + end)
    while await receive(connection):
        pass


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
