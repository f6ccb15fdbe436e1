"""What the counts depend on besides the code."""

import os
import platform
import re
import subprocess


def _first_match(pattern, *command):
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.search(pattern, output).group(1)


def description():
    """Compiler, architecture and C libraries; OpenSSL and the C library choose their code by what the processor can do."""
    swift = _first_match(r"Swift version (\S+)", "swift", "--version")
    openssl = _first_match(r"(\S+)", "pkg-config", "--modversion", "openssl")
    with open("/proc/cpuinfo") as processors:
        vectors = " with AVX2" if re.search(r"\bavx2\b", processors.read()) else ""
    return f"Swift {swift}, {platform.machine()}{vectors}, OpenSSL {openssl}, {os.confstr('CS_GNU_LIBC_VERSION')}"
