"""100 clients that send chunks of one octet, or chunk extensions, as fast as it goes."""

import random

from wire import receive, send, swarm

CLIENTS = 100
START = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


async def client(target, connection):
    await send(connection, START)
    if random.random() < 0.7:
        piece = b"1\r\na\r\n" * 2_000
        for _ in range(100):
            await send(connection, piece)
            target.count("chunks", 2_000)
        await send(connection, b"0\r\n\r\n")
    else:
        await send(connection, b"1;a=" + b"b" * 1_000_000)
    while await receive(connection):
        pass


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
