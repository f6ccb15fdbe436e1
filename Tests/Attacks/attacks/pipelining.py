"""200 clients that send requests without end and take no answer."""

from wire import send, swarm

CLIENTS = 200
BATCH = b"GET /plaintext HTTP/1.1\r\nHost: x\r\n\r\n" * 500


async def client(target, connection):
    while True:
        await send(connection, BATCH)
        target.count("requests", 500)


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: client(target, connection))
