"""What has been used, or could be, to make two servers disagree about where a request ends.

Every case is octets for one connection. It asks for `/users/first`, has `/users/hidden` where one reading finds a request and another
one content, and mostly asks for `/users/last` at the end: the sample answers with that last word of the path.
"""

HIDDEN = b"GET /users/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /users/last HTTP/1.1\r\nHost: x\r\n\r\n"
LENGTH = len(HIDDEN)
CHUNKED = b"Transfer-Encoding: chunked"
END = b"0\r\n\r\n"


def first(*lines, version=b"HTTP/1.1", method=b"GET", target=b"/users/first", end=b"\r\n"):
    return method + b" " + target + b" " + version + end + end.join([b"Host: x", *lines]) + end + end


def length(value=b"%d" % LENGTH, name=b"Content-Length: "):
    return name + value


def in_chunk(content=HIDDEN):
    return b"%x\r\n%s\r\n" % (len(content), content)


CASES = {
    "two in a row": first() + LAST,
    "content of GET": first(length()) + HIDDEN + LAST,
    "content of HEAD": first(length(), method=b"HEAD") + HIDDEN,
    "chunks": first(CHUNKED) + in_chunk() + END + LAST,
    "chunks with trailers": first(CHUNKED, b"Trailer: X") + in_chunk() + b"0\r\nX: y\r\n\r\n" + LAST,
    "content with expectation": first(length(), b"Expect: 100-continue") + HIDDEN + LAST,
    "unknown expectation": first(length(), b"Expect: x") + HIDDEN + LAST,
    "upgrade to h2c": first(length(), b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk") + HIDDEN + LAST,
    "upgrade to websocket": first(b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Version: 1") + HIDDEN,
    # Both lengths (CL.TE, TE.CL).
    "CL.TE": first(length(b"%d" % (LENGTH + 5)), CHUNKED) + END + HIDDEN + LAST,
    "TE.CL": first(CHUNKED, length(b"4")) + in_chunk() + END + LAST,
    "CL.TE, length 0": first(length(b"0"), CHUNKED) + in_chunk() + END + LAST,
    # Codings that one reader takes for chunked and the other does not (TE.TE).
    **{
        f"TE.TE {coding!r}": first(length(b"%d" % (LENGTH + 5)), coding) + END + HIDDEN + LAST
        for coding in [
            b"Transfer-Encoding: xchunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\tchunked", b"Transfer-Encoding:\x0bchunked",
            b"Transfer-Encoding: chunked\x0b", b"Transfer-Encoding: chunked, identity", b"Transfer-Encoding: identity, chunked",
            b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x", b"Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
            b"X: y\nTransfer-Encoding: chunked", b"Transfer-Encoding:\r\n chunked", b"Transfer_Encoding: chunked",
            b"Transfer-Encoding: CHUNKED", b"Transfer-Encoding: chunked;q=1", b"Transfer-Encoding: \"chunked\"",
            b"Transfer-Encoding: chunked,", b"Transfer-Encoding: ,chunked", b"Transfer-Encoding: chunked, chunked", b"Transfer-Encoding:",
            b"Transfer-Encoding\x00: chunked", b"Transfer-Encoding: chunked\x00", b"\x00Transfer-Encoding: chunked", b" Transfer-Encoding: chunked",
            b"TE: chunked", b"Transfer-Encoding: gzip, chunked",
        ]
    },
    "chunked in HTTP/1.0": first(CHUNKED, b"Connection: keep-alive", version=b"HTTP/1.0") + in_chunk() + END + LAST,
    "coding without a length": first(b"Transfer-Encoding: identity") + HIDDEN + LAST,
    # Lengths that are read in more than one way.
    **{
        f"CL {lines!r}": first(lines) + HIDDEN + LAST
        for lines in [
            b"Content-Length: 0\r\nContent-Length: %d" % LENGTH, b"Content-Length: %d\r\nContent-Length: 0" % LENGTH,
            b"Content-Length: %d\r\nContent-Length: %d" % (LENGTH, LENGTH), b"Content-Length: %d, %d" % (LENGTH, LENGTH),
            b"Content-Length: 0, %d" % LENGTH, b"Content-Length: +%d" % LENGTH, b"Content-Length: 0x%x" % LENGTH, b"Content-Length: -1",
            b"Content-Length: 0%d" % LENGTH, b"Content-Length:  %d " % LENGTH, b"Content-Length : %d" % LENGTH, b"Content-Length: %d.0" % LENGTH,
            b"Content-Length:\r\n %d" % LENGTH, b"Content-Length: %d\x00" % LENGTH, b"Content_Length: %d" % LENGTH, b"Content-Length:",
            b"X: y\nContent-Length: %d" % LENGTH, b"X: y\rContent-Length: %d" % LENGTH, b"Content-Length: %d" % (2**64 + LENGTH),
            b"Content-Length: %d" % (2**32 + LENGTH), b"Content-Length: %d a" % LENGTH,
        ]
    },
    # Chunks that are read in more than one way.
    **{
        f"chunk {line!r}": first(CHUNKED) + line + HIDDEN + b"\r\n" + END + LAST
        for line in [
            b"0x%x\r\n" % LENGTH, b" %x\r\n" % LENGTH, b"%x \r\n" % LENGTH, b"%x;a\r\n" % LENGTH, b"%x ;a=b\r\n" % LENGTH, b"%x;a\n" % LENGTH,
            b"%x\n" % LENGTH, b"%x\r" % LENGTH, b"+%x\r\n" % LENGTH, b"-%x\r\n" % LENGTH, b"%017x\r\n" % LENGTH, b"1%016x\r\n" % LENGTH,
            b"%x;\"\r\n" % LENGTH, b"%x,\r\n" % LENGTH, b"\r\n%x\r\n" % LENGTH, b"%x\x00\r\n" % LENGTH,
        ]
    },
    "chunk without an end": first(CHUNKED) + b"2\r\nab" + END + HIDDEN,
    "chunk that ends in LF": first(CHUNKED) + b"2\r\nab\n" + END + HIDDEN,
    "chunk that ends in two others": first(CHUNKED) + b"2\r\nabXX" + END + HIDDEN,
    "last chunk that ends in LF": first(CHUNKED) + b"0\n\n" + HIDDEN,
    "request for a trailer": first(CHUNKED) + b"0\r\n" + HIDDEN + LAST,
    "length in a trailer": first(CHUNKED) + in_chunk(b"a") + b"0\r\n" + length() + b"\r\n\r\n" + HIDDEN,
    "coding in a trailer": first(CHUNKED) + in_chunk(b"a") + b"0\r\n" + CHUNKED + b"\r\n\r\n" + LAST,
    "folded trailer": first(CHUNKED) + in_chunk(b"a") + b"0\r\nX: y\r\n z\r\n\r\n" + LAST,
    # Lines and targets.
    "bare LF": first(end=b"\n") + LAST,
    "bare CR": first(end=b"\r") + LAST,
    "folded line": first(b"X: y\r\n z") + LAST,
    "NUL in a value": first(b"X: a\x00b") + LAST,
    "empty lines before": b"\r\n\r\n\r\n" + first() + LAST,
    "space before a line": first(b" X: y") + LAST,
    "two hosts": first(b"Host: y") + LAST,
    "host with space": first().replace(b"Host: x", b"Host : x") + LAST,
    "absolute form": first(target=b"http://y/users/first") + LAST,
    "absolute form with user": first(target=b"http://x@y/users/first") + LAST,
    "target with space": first(target=b"/users/first /x") + LAST,
    "two versions": first(version=b"HTTP/1.1 HTTP/1.0") + LAST,
    "HTTP/0.9": b"GET /users/first\r\n" + LAST,
    "HTTP/1.0 that stays": first(b"Connection: keep-alive", length(), version=b"HTTP/1.0") + HIDDEN + LAST,
    "HTTP/2.0": first(version=b"HTTP/2.0") + HIDDEN,
    "preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + LAST,
    "lower-case method": first(method=b"get") + LAST,
    # Fields that are dropped on the way.
    "length for one hop": first(b"Connection: Content-Length", length()) + HIDDEN + LAST,
    "coding for one hop": first(b"Connection: Transfer-Encoding", CHUNKED) + in_chunk() + END + LAST,
    "host for one hop": first(b"Connection: Host") + LAST,
    "close in a list": first(b"Connection: x, close") + LAST,
}
