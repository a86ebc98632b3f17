"""A time-stamp authority made with openssl, and a server of it on this machine."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# openssl writes certificates in the order given, and DER wants the shorter one first: the signer's,
# not the one that the root issued.
ROOT = "Test root of a name that is as long as a name can well be"

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/middle.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


def openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


@dataclass(frozen=True)
class Authority:
    """Its folder; `root` is the PEM file to trust."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def reply(self, request: bytes, config: str = "authority.cnf") -> bytes:
        query, answer = self.folder / "now.tsq", self.folder / "now.tsr"
        query.write_bytes(request)
        given = ("-config", self.folder / config, "-queryfile", query, "-out", answer)
        openssl("ts", "-reply", *given)
        return answer.read_bytes()


def make_authority(folder: Path) -> Authority:
    """An authority with a root, an intermediate and a signer of its own."""
    folder.mkdir()
    for name, digests in (("authority.cnf", "sha256, sha512"), ("refusing.cnf", "sha512")):
        (folder / name).write_text(CONFIG.format(folder=folder, digests=digests))
    (folder / "serial").write_text("01\n")
    config = ("-config", folder / "authority.cnf")
    for name in ("root", "middle", "tsa"):
        openssl(
            "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", folder / f"{name}.key"
        )
    (folder / "req.cnf").write_text(
        "[req]\ndistinguished_name = dn\n[dn]\n"
        + (folder / "authority.cnf").read_text().split("ess_cert_id_alg = sha256\n")[1]
    )
    config = ("-config", folder / "req.cnf")
    openssl(
        *("req", "-x509", "-new", "-key", folder / "root.key", "-subj", f"/CN={ROOT}"),
        *("-days", "30", "-extensions", "ca", *config, "-out", folder / "root.pem"),
    )
    for name, signer, extensions in (("middle", "root", "ca"), ("tsa", "middle", "stamping")):
        request = folder / f"{name}.csr"
        subject = f"/O=Test/CN=Test {name}"
        openssl(
            "req",
            "-new",
            "-key",
            folder / f"{name}.key",
            "-subj",
            subject,
            *config,
            "-out",
            request,
        )
        openssl(
            *("x509", "-req", "-in", request, "-CA", folder / f"{signer}.pem"),
            *("-CAkey", folder / f"{signer}.key", "-CAcreateserial", "-days", "30"),
            *("-extfile", folder / "req.cnf", "-extensions", extensions),
            *("-out", folder / f"{name}.pem"),
        )
    return Authority(folder)


@dataclass
class Served:
    """Where it listens, what it was sent, and how it is to answer."""

    url: str = ""
    requests: list[tuple[str, str, bytes]] = field(default_factory=list)
    status: int = 200
    config: str = "authority.cnf"
    answer: bytes | None = None


@contextmanager
def serve(authority: Authority) -> Iterator[Served]:
    """The authority, answering on 127.0.0.1."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            served.requests.append((self.path, self.headers["Content-Type"], sent))
            content = served.answer
            if content is None:
                content = authority.reply(sent, served.config)
            self.send_response(served.status)
            if served.status == 302:
                self.send_header("Location", served.url + "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
