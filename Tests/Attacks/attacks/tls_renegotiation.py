"""Clients of TLS 1.2 that ask to renegotiate; none may get it."""

import subprocess

SECURE = True


def attack(target):
    command = ["openssl", "s_client", "-connect", "%s:%d" % target.address, "-tls1_2", "-legacy_renegotiation"]
    while target.is_open:
        client = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            # s_client takes a line that is an R as the order to renegotiate.
            output = client.communicate("R\nGET /plaintext HTTP/1.1\nHost: x\n\n", timeout=3)[0]
        except subprocess.TimeoutExpired:
            client.kill()
            output = client.communicate()[0]
        # On a machine that is too busy it may not come to that.
        if "RENEGOTIATING" in output:
            target.count("tries")
            if "200 OK" in output:
                target.count("renegotiations")
