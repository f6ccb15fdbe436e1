"""Octets that are no TLS, or a ClientHello with damage, and clear text requests to the TLS port."""

import random
import ssl

from wire import new_socket

SECURE = True


def client_hello():
    outgoing = ssl.MemoryBIO()
    session = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="localhost")
    try:
        session.do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()


def attack(target):
    while target.is_open:
        octets = bytearray(client_hello())
        kind = random.randrange(4)
        if kind == 0:
            octets = random.randbytes(random.randrange(1, 2_000))
        elif kind == 1:
            octets = b"GET /plaintext HTTP/1.1\r\nHost: x\r\n\r\n"
        elif kind == 2:
            octets[:5] = b"\x16\x03\x01\xff\xff"
        else:
            for _ in range(random.randrange(1, 20)):
                octets[random.randrange(len(octets))] = random.randrange(256)
        connection = new_socket()
        connection.settimeout(0.05)
        try:
            connection.connect(target.address)
            connection.sendall(octets)
            connection.recv(4_096)
        except OSError:
            pass
        connection.close()
        target.count("handshakes")
