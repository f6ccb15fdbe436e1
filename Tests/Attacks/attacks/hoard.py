"""200 clients that send all but the last octet of the largest content, and then nothing."""

import asyncio

from wire import send, swarm

CLIENTS = 200
CONTENT = 1_048_576


async def client(target, connection):
    await send(connection, b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % CONTENT)
    await send(connection, b"a" * (CONTENT - 1))
    target.count("held")
    await asyncio.sleep(3_600)


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
