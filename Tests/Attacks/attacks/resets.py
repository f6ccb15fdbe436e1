"""Requests that end in a reset at any place: in the head, in the content, or before the answer is taken."""

import random
import socket

from wire import new_socket, reset

REQUESTS = [
    b"GET /json HTTP/1.1\r\nHost: x\r\nX-Some: value\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n" + b"a" * 40,
    b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"A\r\n0123456789\r\n" * 3 + b"0\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nabcd",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + b"a" * 500_000,
]


def attack(target):
    while target.is_open:
        octets = random.choice(REQUESTS) * random.choice([1, 1, 3])
        connection = new_socket()
        try:
            connection.connect(target.address)
            connection.sendall(octets[: random.randrange(min(len(octets), 200_000) + 1)])
            if random.random() < 0.3:
                connection.recv(random.randrange(1, 200), socket.MSG_DONTWAIT)
        except OSError:
            pass
        reset(connection)
        target.count("resets")
