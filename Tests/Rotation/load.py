"""load.py SECONDS ISSUER ISSUER VERIFIER    1,000 requests per second with bearer tokens of both issuers, shown to all three.

Prints a summary; ends with status 1 when an answer is not 200, when fewer than 950 requests per second were asked, or when a server
saw less than two keys.
"""

import asyncio
import sys
import time

RATE = 1000
LOWEST_RATE = 950
CONNECTIONS = 20


async def request(reader, writer, path, token=None):
    """Sends a GET over a connection that stays open, and returns status and content."""
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n{authorization}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = 0
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
    content = await reader.readexactly(length)
    return int(head.split(" ", 2)[1]), content.decode()


async def connect(url):
    host, port = url.removeprefix("http://").rsplit(":", 1)
    return await asyncio.open_connection(host, int(port))


class Server:
    """What came back from one of the servers."""

    def __init__(self, name, url):
        self.name, self.url = name, url
        self.statuses, self.keys, self.slowest = {}, [], 0.0

    @property
    def requests(self):
        return sum(self.statuses.values())

    def count(self, status, started):
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.slowest = max(self.slowest, time.monotonic() - started)

    def saw(self, key):
        if key not in self.keys:
            self.keys.append(key)

    def __str__(self):
        return (
            f"{self.name:10} {self.requests:6} requests, {len(self.keys)} keys seen, "
            f"slowest {self.slowest * 1000:.0f} ms, statuses {self.statuses}"
        )


async def use(number, servers, end):
    """One client: takes a token from one issuer each second, and shows it and an older one to all in turn."""
    issuer = servers[number % 2]
    issuing = await connect(issuer.url)
    connections = [await connect(server.url) for server in servers]
    pause = CONNECTIONS / RATE
    tokens, turn, due = [], 0, time.monotonic()
    while time.monotonic() < end:
        started = time.monotonic()
        if turn % (RATE // CONNECTIONS) == 0:
            status, token = await request(*issuing, "/token/new")
            issuer.count(status, started)
            # Tokens live for 20 seconds; the oldest that is shown is 10 seconds old.
            tokens = (tokens + [token])[-10:]
        else:
            server = servers[turn % len(servers)]
            token = tokens[0] if turn % 2 == 0 else tokens[-1]
            status, key = await request(*connections[turn % len(servers)], "/hello", token)
            server.count(status, started)
            if status == 200:
                server.saw(key)
        turn += 1
        due += pause
        await asyncio.sleep(max(0, due - time.monotonic()))


async def main():
    seconds = float(sys.argv[1])
    servers = [Server(*pair) for pair in zip(("issuer 1", "issuer 2", "verifier"), sys.argv[2:], strict=True)]
    start = time.monotonic()
    await asyncio.gather(*(use(number, servers, start + seconds) for number in range(CONNECTIONS)))
    elapsed = time.monotonic() - start
    total = sum(server.requests for server in servers)
    rate = total / elapsed
    for server in servers:
        print(server)
    print(f"together   {total:6} requests in {elapsed:.1f} s, {rate:.0f} per second")
    failures = []
    if rate < LOWEST_RATE:
        failures.append(f"expected at least {LOWEST_RATE} requests per second; is the machine busy with something else?")
    if any(set(server.statuses) != {200} for server in servers):
        failures.append("expected 200 for every request")
    if any(len(server.keys) < 2 for server in servers):
        failures.append("expected every server to see a rollover")
    for failure in failures:
        print(f"error: {failure}", file=sys.stderr)
    return 1 if failures else 0


sys.exit(asyncio.run(main()))
