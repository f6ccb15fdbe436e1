"""Reads answers off a stream: enough for the sample's, which all have a Content-Length."""

import re

HEAD = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r]*\r\n(.*?\r\n)?\r\n", re.S)


class Answers:
    """The final answers in what was received so far, as pairs of status and content."""

    def __init__(self):
        self.octets = b""
        self.found = []
        # The next answer has no content, whatever its fields say.
        self.is_to_head = False

    def receive(self, octets):
        self.octets += octets
        while match := HEAD.match(self.octets):
            status, fields = int(match[1]), match[2] or b""
            lengths = re.findall(rb"(?i)^content-length: *(\d+)\r$", fields, re.M)
            has_content = lengths and not self.is_to_head
            end = match.end() + (int(lengths[0]) if has_content else 0)
            if len(self.octets) < end and status >= 200:
                return
            if status >= 200:
                self.is_to_head = False
                self.found.append((status, self.octets[match.end():end].decode("latin-1")))
            self.octets = self.octets[end if status >= 200 else match.end():]
