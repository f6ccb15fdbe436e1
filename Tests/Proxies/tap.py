"""Stands between a front and the sample, passes everything on, and reads the sample's answers."""

import asyncio

from answers import Answers


class Tap:
    def __init__(self, port):
        self.sample = port
        self.answered = []

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        sample_reader, sample_writer = await asyncio.open_connection("127.0.0.1", self.sample)
        answers = Answers()

        def note_request(octets):
            # No front sends a request before it has the answer to the one before, so its first octets come first.
            answers.is_to_head = answers.is_to_head or octets.startswith(b"HEAD ")

        def note_answer(octets):
            answers.receive(octets)
            self.answered += answers.found
            answers.found = []

        try:
            await asyncio.gather(
                self.pass_on(reader, sample_writer, note_request), self.pass_on(sample_reader, writer, note_answer))
        except asyncio.CancelledError:
            # All is over.
            pass
        finally:
            writer.close()
            sample_writer.close()

    async def pass_on(self, reader, writer, note):
        try:
            while octets := await reader.read(65_536):
                note(octets)
                writer.write(octets)
                await writer.drain()
            writer.write_eof()
        except OSError:
            writer.transport.abort()
