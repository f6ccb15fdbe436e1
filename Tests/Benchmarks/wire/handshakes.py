#!/usr/bin/env python3
"""handshakes.py PORT SECONDS: full TLS handshakes, each for one request, as fast as eight threads can.

Prints how many, and the seconds.
"""

import concurrent.futures
import random
import socket
import sys
import time

from server import HOST, trusting_context

THREADS = 8
REQUEST = b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
IP_BIND_ADDRESS_NO_PORT = 24


def shake_hands(port, context):
    with socket.socket() as plain:
        # An address of its own for each: those of closed connections stay taken for a minute.
        plain.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plain.settimeout(10)
        plain.bind((f"127.3.{random.randrange(256)}.{random.randrange(1, 255)}", 0))
        plain.connect((HOST, port))
        # A context keeps no session for its next connection unless it is told to, so that no handshake is a resumption.
        with context.wrap_socket(plain, server_hostname="localhost") as connection:
            connection.sendall(REQUEST)
            answer = connection.recv(4_096)
            if connection.session_reused or not answer.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"error: expected a full handshake and an answer, found {answer[:40]!r}")


def keep_shaking(port, end):
    context = trusting_context()
    count = 0
    while time.monotonic() < end:
        shake_hands(port, context)
        count += 1
    return count


if __name__ == "__main__":
    port, began = int(sys.argv[1]), time.monotonic()
    end = began + float(sys.argv[2])
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        count = sum(pool.map(keep_shaking, [port] * THREADS, [end] * THREADS))
    print(count, time.monotonic() - began)
