"""Handshakes and requests over TLS that end in a reset after any number of octets."""

import random
import ssl

from wire import new_socket, reset

SECURE = True


def attack(target):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    while target.is_open:
        connection = new_socket()
        connection.settimeout(2)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
        steps = [session.do_handshake, lambda: session.write(b"GET /json HTTP/1.1\r\nHost: x\r\n\r\n"), lambda: session.read(4_096)]
        left = random.randrange(3_000)
        try:
            connection.connect(target.address)
            while steps and left > 0:
                try:
                    steps[0]()
                    steps.pop(0)
                    is_waiting = False
                except ssl.SSLWantReadError:
                    is_waiting = True
                octets = outgoing.read()[:left]
                left -= len(octets)
                connection.sendall(octets)
                if is_waiting and left > 0:
                    received = connection.recv(16_384)
                    left -= len(received)
                    incoming.write(received)
        except OSError:
            pass
        reset(connection)
        target.count("resets")
