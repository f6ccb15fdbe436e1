"""The servers: Apus and those of Debian's packages that are installed. Each gets a process or thread for every core."""

import os
import pathlib
import re
import shutil
import subprocess

SOURCES = pathlib.Path(__file__).parent.parent / "peers"
CORES = os.cpu_count()
STATIC = {"plaintext", "json", "pipelined", "tls", "handshakes", "idle", "start"}


class Peer:
    """A server that may be installed; `scenarios` are those that it can serve honestly, None for all."""

    command = None
    version_option = "-v"
    version_pattern = r"(\d+\.\d+[^\s]*)"
    scenarios = None

    def __init__(self, name):
        self.name = name

    @property
    def program(self):
        return shutil.which(self.command, path=f"{os.environ['PATH']}:/usr/sbin")

    def version(self):
        output = subprocess.run([self.program, *self.version_option.split()], capture_output=True, text=True, check=False)
        return re.search(self.version_pattern, output.stdout + output.stderr).group(1)

    def prepare(self, cache):
        """Makes what has to be made once; `cache` may keep it for a next time."""

    def arguments(self, port, certificate, work):
        """The command that serves at `port`; `certificate` is a pair of files, or None for http."""
        raise NotImplementedError

    def configuration(self, name, port, certificate_lines, work):
        text = (SOURCES / name).read_text()
        values = {"PORT": port, "CORES": CORES, "WORK": work, **certificate_lines}
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        file = pathlib.Path(work) / name
        file.write_text(text)
        return str(file)


class Apus(Peer):
    def __init__(self, name, sample):
        super().__init__(name)
        self.sample = sample

    @property
    def program(self):
        return self.sample

    def version(self):
        def git(*arguments):
            return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True, cwd=SOURCES).stdout.strip()

        try:
            changes = git("status", "--porcelain", "--", ":/Sources", ":/Samples")
            return git("rev-parse", "--short", "HEAD") + (" with changes" if changes else "")
        except (OSError, subprocess.CalledProcessError):
            return "unknown"

    def arguments(self, port, certificate, work):
        options = ["--cert", certificate[0], "--key", certificate[1]] if certificate else []
        return [self.sample, "--port", str(port), *options]


class Nginx(Peer):
    command = "nginx"
    scenarios = STATIC

    def arguments(self, port, certificate, work):
        lines = {"TLS": "", "CERTIFICATE": ""}
        if certificate:
            files = f"ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};"
            lines = {"TLS": "ssl", "CERTIFICATE": files}
        return [self.program, "-e", "stderr", "-p", str(work), "-c", self.configuration("nginx.conf", port, lines, work)]


class HAProxy(Peer):
    command = "haproxy"
    scenarios = STATIC

    def arguments(self, port, certificate, work):
        lines = {"TLS": ""}
        if certificate:
            # It takes both from one file.
            both = pathlib.Path(work) / "both.pem"
            both.write_text("".join(pathlib.Path(file).read_text() for file in certificate))
            lines = {"TLS": f"ssl crt {both}"}
        return [self.program, "-db", "-f", self.configuration("haproxy.cfg", port, lines, work)]


class Node(Peer):
    command = "node"

    def arguments(self, port, certificate, work):
        return [self.program, str(SOURCES / "server.mjs"), str(port), str(CORES), *(certificate or ())]


class Go(Peer):
    command = "go"
    version_option = "version"

    def prepare(self, cache):
        self.built = cache / "go-peer"
        environment = {**os.environ, "GOCACHE": str(cache / "go"), "GOFLAGS": "-mod=mod", "GOPROXY": "off"}
        subprocess.run([self.program, "build", "-o", str(self.built), "."], check=True, cwd=SOURCES, env=environment)

    def arguments(self, port, certificate, work):
        return [str(self.built), str(port), *(certificate or ())]


class ApusInOneFile(Apus):
    """How it is linked makes a difference to memory and start."""

    scenarios = {"plaintext", "start"}


def all_peers(sample, file):
    return [Apus("Apus", sample), ApusInOneFile("one file", file), Nginx("nginx"), HAProxy("haproxy"), Go("Go"), Node("node")]
