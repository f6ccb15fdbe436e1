#!/usr/bin/env python3
"""good_client.py URL SECONDS RATE: the client that must not notice an attack; prints what it saw as JSON.

RATE requests begin in each second, however long the answers take, so that a pause of the server counts for every request that falls
into it. Each carries a number that its answer must bring back; every fourth is three requests in a pipeline. Nine of ten take turns on
kept connections, every tenth opens its own.
"""

import asyncio
import json
import secrets
import ssl
import sys
import time
import urllib.parse

TIME_LIMIT = 10
KINDS = [
    lambda nonce: f"GET /users/{nonce} HTTP/1.1\r\nHost: x\r\n\r\n",
    lambda nonce: f"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {len(nonce)}\r\n\r\n{nonce}",
    lambda nonce: (
        f"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{nonce[:8]}\r\n10\r\n{nonce[8:]}\r\n0\r\n\r\n"),
]


class GoodClient:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = "127.0.0.1", parts.port
        self.tls = None
        if parts.scheme == "https":
            self.tls = ssl.create_default_context()
            self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        self.idle = []
        self.times = []
        self.good = self.failed = self.wrong = 0
        self.first_failure = ""

    async def open(self):
        return await asyncio.open_connection(self.host, self.port, ssl=self.tls)

    async def request(self, number):
        start = time.perf_counter()
        connection = None
        try:
            async with asyncio.timeout(TIME_LIMIT):
                is_kept = number % 10 != 0
                # The one that has waited longest: none waits until the server closes it.
                connection = self.idle.pop(0) if is_kept and self.idle else await self.open()
                is_right = await self.exchange(connection, number)
                if is_right and is_kept:
                    self.idle.append(connection)
                    connection = None
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError) as error:
            self.failed += 1
            self.first_failure = self.first_failure or f"{type(error).__name__} {error}"
        else:
            self.good += is_right
            self.wrong += not is_right
            self.times.append(time.perf_counter() - start)
        finally:
            if connection:
                connection[1].transport.abort()

    async def exchange(self, connection, number):
        reader, writer = connection
        kinds = [KINDS[number % 3]] if number % 4 else KINDS
        nonces = [secrets.token_hex(12) for _ in kinds]
        writer.write("".join(kind(nonce) for kind, nonce in zip(kinds, nonces)).encode())
        return all([await self.answer(reader) == (200, nonce) for nonce in nonces])

    async def answer(self, reader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        lengths = [line for line in head if line.lower().startswith("content-length:")]
        content = await reader.readexactly(int(lengths[0].split(":")[1]) if lengths else 0)
        return int(head[0].split()[1]), content.decode("latin-1")

    async def run(self, seconds, rate):
        start = time.perf_counter()
        async with asyncio.TaskGroup() as requests:
            for number in range(int(seconds * rate)):
                await asyncio.sleep(start + number / rate - time.perf_counter())
                requests.create_task(self.request(number))
        for _, writer in self.idle:
            writer.close()

    def report(self):
        times = sorted(self.times) or [float("inf")]
        percentile = lambda share: round(1000 * times[min(len(times) - 1, int(len(times) * share))], 2)
        return {
            "good": self.good, "failed": self.failed, "wrong": self.wrong, "first_failure": self.first_failure,
            "p50": percentile(0.5), "p99": percentile(0.99), "max": percentile(1),
        }


if __name__ == "__main__":
    client = GoodClient(sys.argv[1])
    asyncio.run(client.run(float(sys.argv[2]), float(sys.argv[3])))
    print(json.dumps(client.report()))
