"""Sockets as attackers and clients want them: small windows, resets, and a source address that does not run out of ports."""

import asyncio
import itertools
import random
import socket
import struct
import time

IP_BIND_ADDRESS_NO_PORT = 24


class Target:
    """Where the server listens, how long the attack may last, and what the attack counts."""

    def __init__(self, port, seconds, pause=0):
        self.address = ("127.0.0.1", port)
        self.pause = pause
        self.end = time.monotonic() + seconds
        self.counts = {}

    @property
    def is_open(self):
        if self.pause:
            time.sleep(self.pause)
        return time.monotonic() < self.end

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number


def new_socket(window=None):
    made = socket.socket()
    if window:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    # An address of its own for each: tens of thousands of closed connections would use up the ports of one.
    made.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    made.bind((f"127.{random.randrange(1, 255)}.{random.randrange(256)}.{random.randrange(1, 255)}", 0))
    return made


def reset(connection):
    """Closes with a reset instead of an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


async def connect(target, window=None):
    connection = new_socket(window)
    connection.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(connection, target.address)
    except BaseException:
        connection.close()
        raise
    return connection


async def send(connection, octets):
    await asyncio.get_running_loop().sock_sendall(connection, octets)


async def receive(connection, count=65_536):
    return await asyncio.get_running_loop().sock_recv(connection, count)


async def swarm(target, count, client, ramp=2.0, window=None):
    """Keeps `count` clients busy until the attack's time is over: `client(connection)` begins anew when it has ended."""

    async def keep(delay):
        await asyncio.sleep(delay)
        while target.is_open:
            try:
                connection = await connect(target, window)
            except OSError:
                target.count("refused")
                await asyncio.sleep(0.1)
                continue
            target.count("connections")
            try:
                async with asyncio.timeout(max(0, target.end - time.monotonic())):
                    await client(connection)
            except (OSError, asyncio.TimeoutError):
                pass
            finally:
                connection.close()

    await asyncio.gather(*(keep(ramp * index / count) for index in range(count)))


def drip(octets):
    """Octet by octet, and the last one for ever."""
    return itertools.chain((bytes([octet]) for octet in octets), itertools.repeat(octets[-1:]))
