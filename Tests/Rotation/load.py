"""load.py SECONDS URL...    1,000 requests per second with bearer tokens, each issued by one server and shown to another."""

import asyncio
import sys
import time

RATE = 1000
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


async def use(number, urls, end, counts, keys):
    """One client: takes a token from one server each second, and shows it and an older one to the others."""
    issuer = await connect(urls[number % len(urls)])
    others = [await connect(url) for url in urls]
    pause = CONNECTIONS / RATE
    tokens, turn, due = [], 0, time.monotonic()
    while time.monotonic() < end:
        if turn % (RATE // CONNECTIONS) == 0:
            status, token = await request(*issuer, "/token/new")
            # Tokens live for 20 seconds; the oldest that is shown is 10 seconds old.
            tokens = (tokens + [token])[-10:]
        else:
            token = tokens[0] if turn % 3 == 0 else tokens[-1]
            status, text = await request(*others[turn % len(others)], "/hello", token)
            keys.add(text.rsplit(" ", 1)[-1])
        counts[status] = counts.get(status, 0) + 1
        turn += 1
        due += pause
        await asyncio.sleep(max(0, due - time.monotonic()))


async def main():
    seconds, urls = float(sys.argv[1]), sys.argv[2:]
    counts, keys = {}, set()
    start = time.monotonic()
    clients = [use(number, urls, start + seconds, counts, keys) for number in range(CONNECTIONS)]
    await asyncio.gather(*clients)
    total = sum(counts.values())
    print(f"{total} requests, {total / (time.monotonic() - start):.0f} per second, {len(keys)} keys; statuses: {counts}")
    return 0 if list(counts) == [200] else 1


sys.exit(asyncio.run(main()))
