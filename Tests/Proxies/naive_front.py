"""A front that reads requests as kindly as servers once did, and passes them on as they are, over one connection for all clients.

Where there are a length and chunks, or several lengths, it goes by one of them, and so is what a request smuggler looks for: all
depends on the back.
"""

import asyncio
import re

TIME_LIMIT = 0.4
HEAD_END = re.compile(rb"\r?\n\r?\n")


def first_length(fields):
    values = fields.get(b"content-length", [])
    return number(values[0]) if values else 0


def last_length(fields):
    values = fields.get(b"content-length", [])
    return number(values[-1].split(b",")[-1]) if values else 0


def number(text):
    digits = re.match(rb"[\s+]*(\d+)", text)
    return int(digits[1]) if digits else 0


class Broken(Exception):
    pass


class RequestReader:
    """Takes requests off one client's connection, with what must be forgiven."""

    def __init__(self, reader, length, prefers_length):
        self.reader, self.length, self.prefers_length = reader, length, prefers_length
        self.octets = b""

    async def next(self):
        """A request as it came, and its target."""
        while not (end := HEAD_END.search(self.octets)):
            await self.fill()
        head = await self.take(end.end())
        lines = [line.strip(b"\r") for line in head.lstrip(b"\r\n").split(b"\n")]
        fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            fields.setdefault(name.strip(b" \t\x00").lower(), []).append(value.strip())
        target = (lines[0].split() + [b"", b""])[1].decode("latin-1")
        codings = b",".join(fields.get(b"transfer-encoding", []))
        is_ruled_by_length = self.prefers_length and b"content-length" in fields
        if b"chunked" in codings.lower() and not is_ruled_by_length:
            return head + await self.take_chunks(), target
        return head + await self.take(min(self.length(fields), 1_000_000)), target

    async def take_chunks(self):
        taken = b""
        while True:
            line = await self.take_line()
            taken += line
            digits = re.match(rb"\s*(?:0x)?([0-9a-fA-F]+)", line)
            size = int(digits[1][-8:], 16) if digits else 0
            if size == 0:
                break
            taken += await self.take(size) + await self.take_line()
        while line := await self.take_line():
            taken += line
            if not line.strip():
                return taken

    async def wait(self):
        if not self.octets:
            await self.fill()

    async def fill(self):
        more = await self.reader.read(65_536)
        if not more:
            raise Broken
        self.octets += more

    async def take(self, count):
        while len(self.octets) < count:
            await self.fill()
        taken, self.octets = self.octets[:count], self.octets[count:]
        return taken

    async def take_line(self):
        while b"\n" not in self.octets:
            await self.fill()
        return await self.take(self.octets.index(b"\n") + 1)


class NaiveFront:
    # How long its clients wait for an answer: it gives up before.
    patience = 1

    def __init__(self, length, prefers_length, back):
        self.length = length
        self.prefers_length = prefers_length
        self.back_port = back
        self.forwarded = []
        self.back = None
        self.turn = asyncio.Lock()

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()

    async def serve(self, reader, writer):
        requests = RequestReader(reader, self.length, self.prefers_length)
        try:
            while True:
                await requests.wait()
                message, target = await asyncio.wait_for(requests.next(), TIME_LIMIT)
                async with self.turn:
                    answer, stays = await self.ask(message, target)
                writer.write(answer)
                if not stays:
                    break
        except (Broken, OSError, ValueError, asyncio.TimeoutError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def ask(self, message, target):
        """Sends a request on and takes one answer, however many there are."""
        if not self.back:
            self.back = await asyncio.open_connection("127.0.0.1", self.back_port)
        reader, writer = self.back
        writer.write(message)
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), TIME_LIMIT)
            while head.startswith(b"HTTP/1.1 1"):
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), TIME_LIMIT)
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            has_content = length and not message.startswith(b"HEAD")
            content = await asyncio.wait_for(reader.readexactly(int(length[1])), TIME_LIMIT) if has_content else b""
        except (asyncio.IncompleteReadError, asyncio.TimeoutError, OSError):
            self.forget_back()
            self.forwarded.append((target, "none"))
            raise Broken
        self.forwarded.append((target, int(head.split()[1])))
        stays = b"\r\nConnection: close\r\n" not in head
        if not stays:
            self.forget_back()
        return head + content, stays

    def forget_back(self):
        self.back[1].close()
        self.back = None
