"""Requests from a grammar with damage, several on a connection; every answer must be one that the server can mean."""

import random
import re
import socket

from grammar import request
from wire import new_socket

ANSWER = re.compile(rb"HTTP/1\.1 (\d{3}) [A-Za-z' -]+\r\n")
# 100, what the sample's handlers answer, and the refusals of RFC 9110 and 9112; a 500 would be a fault of the server.
STATUSES = {100, 200, 204, 400, 401, 404, 405, 411, 413, 414, 417, 431, 501, 505}
MORE = b"GET /users/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def exchange(octets, address):
    """What comes back for `octets`, up to the end of the connection; nil when the end does not come."""
    connection = new_socket()
    connection.settimeout(5)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    answer = []
    try:
        connection.connect(address)
        if random.random() < 0.1:
            cut = random.randrange(len(octets))
            connection.sendall(octets[:cut])
            connection.sendall(octets[cut:])
        else:
            connection.sendall(octets)
        connection.shutdown(socket.SHUT_WR)
        while received := connection.recv(65_536):
            answer.append(received)
    except TimeoutError:
        return None
    except OSError:
        pass
    finally:
        connection.close()
    return b"".join(answer)


def attack(target):
    while target.is_open:
        octets = b"".join(request() for _ in range(8)) + MORE
        answer = exchange(octets, target.address)
        target.count("connections")
        if answer is None:
            target.count("hung")
            continue
        statuses = [int(status) for status in ANSWER.findall(answer)]
        target.count("judged requests", len(statuses))
        if answer and not answer.startswith(b"HTTP/1.1 ") or not STATUSES.issuperset(statuses):
            target.count("impossible answers")
            target.counts.setdefault("example", repr((octets, answer))[:4_000])
