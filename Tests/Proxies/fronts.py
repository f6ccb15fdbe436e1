"""nginx and haproxy in front of the sample, each with kept connections to it, and a log of what they have passed on."""

import asyncio
import re
import shutil
import socket
import subprocess
from functools import partial

NGINX = """
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/nginx.log;
events {{ worker_connections 512; }}
http {{
    log_format front 'front|$upstream_status|$request_uri|$status|';
    access_log syslog:server=127.0.0.1:{log},nohostname front;
    client_body_temp_path {work}/nginx-body;
    proxy_temp_path {work}/nginx-proxy;
    fastcgi_temp_path {work}/nginx-fastcgi;
    uwsgi_temp_path {work}/nginx-uwsgi;
    scgi_temp_path {work}/nginx-scgi;
    keepalive_requests 1000000;
    client_header_timeout 1s;
    client_body_timeout 1s;
    ignore_invalid_headers {strict};
    underscores_in_headers on;
    upstream back {{ server 127.0.0.1:{back}; keepalive 8; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://back;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_request_buffering off;
            proxy_buffering off;
            proxy_next_upstream off;
            proxy_read_timeout 2s;
        }}
    }}
}}
"""

HAPROXY = """
global
    log 127.0.0.1:{log} local0
defaults
    mode http
    log global
    log-format "front|%s|%HU|%ST|%ts"
    timeout connect 2s
    timeout client 60s
    timeout server 2s
    timeout http-request 1s
    timeout http-keep-alive 60s
    retries 0
frontend front
    bind 127.0.0.1:{port}
    {relaxed}
    default_backend back
backend back
    http-reuse always
    {relaxed_answer}
    server sample 127.0.0.1:{back}
"""

RECORD = re.compile(r"front\|([^|]*)\|(.*)\|(\d+)\|(..)?")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Front(asyncio.DatagramProtocol):
    """One of the two, started with a file of settings; its log comes over UDP."""

    # How long its clients wait for an answer: its own time limits are shorter.
    patience = 1.5

    def __init__(self, name, work, settings, command, back, **values):
        self.work, self.settings, self.command = work / name.replace(" ", "-"), settings, command
        self.values = {"back": back, "work": self.work, **values}
        self.forwarded = []

    async def start(self):
        self.port = free_port()
        log, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, ("127.0.0.1", 0))
        self.work.mkdir(exist_ok=True)
        file = self.work / "settings"
        file.write_text(self.settings.format(port=self.port, log=log.get_extra_info("sockname")[1], **self.values))
        with (self.work / "output").open("wb") as output:
            self.process = subprocess.Popen([*self.command, file], stdout=output, stderr=output)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            await asyncio.sleep(0.05)
        raise SystemExit(f"error: a front did not start; see {self.work}/output")

    async def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def datagram_received(self, data, address):
        record = RECORD.search(data.decode("latin-1"))
        # nginx has no status of the back, and haproxy names no server, for what was not passed on.
        if record and record[1] not in ("-", "", "<NOSRV>"):
            status = record[1] if record[1].isdigit() else record[3]
            self.forwarded.append((record[2], int(status)))


def installed(work):
    """Those that are on this machine: both in their usual way, and in their most lenient one; each made of the back's port."""
    made = {}
    if shutil.which("nginx"):
        command = ["nginx", "-e", "/dev/null", "-c"]
        for name, strict in ("nginx", "on"), ("nginx lenient", "off"):
            made[name] = partial(Front, name, work, NGINX, command, strict=strict)
    if shutil.which("haproxy"):
        command = ["haproxy", "-db", "-f"]
        relaxed = {"relaxed": "option accept-invalid-http-request", "relaxed_answer": "option accept-invalid-http-response"}
        made["haproxy"] = partial(Front, "haproxy", work, HAPROXY, command, relaxed="", relaxed_answer="")
        made["haproxy lenient"] = partial(Front, "haproxy lenient", work, HAPROXY, command, **relaxed)
    return made
