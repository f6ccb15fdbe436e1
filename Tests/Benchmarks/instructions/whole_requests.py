"""Whole requests to the Benchmark sample over one connection, from the octets in the server's socket to those of the answer."""

import base64
import json
import socket
import ssl

import callgrind

HOST = "127.0.0.1"
WARM_UP = 50
REQUESTS = 200
DEPTH = 16


def request(path, method="GET", fields="", content=b""):
    length = f"Content-Length: {len(content)}\r\n" if content else ""
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{fields}{length}\r\n".encode() + content


class Client:
    """One kept connection, on which a request is sent when the answer to the last one is whole."""

    def __init__(self, port, is_secure):
        self.socket = socket.create_connection((HOST, port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if is_secure:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.received = b""

    def ask(self, octets, times=1):
        """Sends `octets`, which hold so many requests, and returns the content of the last answer."""
        self.socket.sendall(octets)
        for _ in range(times):
            content = self.answer()
        return content

    def answer(self):
        while (end := self.received.find(b"\r\n\r\n")) < 0:
            self.receive()
        head = self.received[:end].decode()
        if not head.startswith("HTTP/1.1 200 "):
            raise SystemExit(f"error: the sample has answered '{head.splitlines()[0]}'")
        length = next(int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length:"))
        while len(self.received) < end + 4 + length:
            self.receive()
        content, self.received = self.received[end + 4:end + 4 + length], self.received[end + 4 + length:]
        return content

    def receive(self):
        octets = self.socket.recv(65_536)
        if not octets:
            raise SystemExit("error: the sample has closed the connection")
        self.received += octets

    def close(self):
        self.socket.close()


class Sample:
    def __init__(self, program, folder, *options):
        self.run = callgrind.Run([program, "--port", "0", *options], "accept4", folder)
        greeting = self.run.process.stdout.readline()
        if not greeting.startswith("Listening on "):
            self.run.fail("the sample did not start")
        self.port = int(greeting.rsplit(":", 1)[1])

    def mark(self):
        """Has the sample accept a connection and close it, and returns which mark that begins with."""
        self.run.wait_until_idle()
        # A second one, when no more connections wait, comes now before and now after what another loop does for this one.
        mark = self.run.marks() + 1
        with socket.create_connection((HOST, self.port), timeout=30) as connection:
            # The end of what the client sends must not come now before, now after the server's first look.
            self.run.wait_until_idle()
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1):
                pass
        # Which loop has room for the next connection depends on the end of this one.
        self.run.wait_until_idle()
        return mark

    def count(self, octets, times=1, is_secure=False):
        """The counts of one request, when `octets` hold so many."""
        client = Client(self.port, is_secure)
        rounds = REQUESTS // times

        def ask(count):
            for _ in range(count):
                client.ask(octets, times)
            return self.mark()

        # Twice, so that what the first mark of a connection costs is over, too.
        ask(WARM_UP // times + 1)
        marks = [ask(count) for count in (WARM_UP // times + 1, rounds, 2 * rounds)]
        client.close()
        single, double = self.run.between(marks[0], marks[1]), self.run.between(marks[1], marks[2])
        return single.per_operation(double, rounds * times)


def count(program, folders, certificate):
    """Name and counts of a request of each kind; the two folders are for what callgrind writes."""
    sample = Sample(program, folders[0])
    try:
        login = base64.b64encode(b"admin:password").decode()
        basic = f"Authorization: Basic {login}\r\n"
        client = Client(sample.port, False)
        token = json.loads(client.ask(request("/token/new", fields=basic)))["access_token"]
        client.close()
        bearer = f"Authorization: Bearer {token}\r\n"
        yield "GET /plaintext", sample.count(request("/plaintext"))
        yield f"GET /plaintext, {DEPTH} in a row", sample.count(request("/plaintext") * DEPTH, times=DEPTH)
        yield "GET /users/1", sample.count(request("/users/1"))
        yield "GET /json", sample.count(request("/json"))
        yield "POST /echo of 1 KB", sample.count(request("/echo", "POST", content=b"0123456789abcdef" * 64))
        yield "GET /token/new", sample.count(request("/token/new", fields=basic))
        yield "GET /secure/jwt/hello", sample.count(request("/secure/jwt/hello", fields=bearer))
    finally:
        sample.run.stop()
    secure = Sample(program, folders[1], *certificate)
    try:
        yield "GET /plaintext over TLS", secure.count(request("/plaintext"), is_secure=True)
    finally:
        secure.run.stop()
