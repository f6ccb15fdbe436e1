"""1,000 clients with heads at the limits: many fields, large fields, or a head that stays one octet short of its end."""

import asyncio
import random

from wire import receive, send, swarm

CLIENTS = 1_000
START = b"GET /plaintext HTTP/1.1\r\nHost: x\r\n"
MANY = b"".join(b"X%d: y\r\n" % number for number in range(100_000))
LARGE = b"X: " + b"a" * 32_000 + b"\r\n"


async def client(target, connection):
    kind = random.randrange(4)
    if kind == 0:
        await send(connection, START + MANY)
    elif kind == 1:
        await send(connection, START + b"X: " + b"a" * 10_000_000)
    elif kind == 2:
        await send(connection, START + LARGE + b"\r\n")
        await receive(connection)
    else:
        await send(connection, START + LARGE + b"\r")
        await asyncio.sleep(3_600)
    target.count("heads")
    while await receive(connection):
        pass


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
