"""An installation in real use, as browsers meet it: gunicorn as README starts it, behind a proxy that speaks TLS.

The name is a public one, of which this browser alone is told that it leads here: what browsers allow to 127.0.0.1 is
not allowed to it. The proxy is Python's own: nothing has to be installed, and it does what README asks of nginx: it
waits for the whole request, and puts its own word on who calls, how and by which name in the place of theirs.
"""

import base64
import hashlib
import http.client
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from collectifs import create_app
from collectifs.kernel import clock
from collectifs.kernel.config import environment, load_settings
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.services.sign_in import hash_password, mint_link
from tests import factories
from tests.browser.demo_server import wait_for_health
from tests.conftest import make_tables
from tests.databases import free_port
from tests.forks import ROOT, Command, started
from tools.processes import end

NAME = "collectifs.academie.example"
PASSWORD = "six chevaux bleus au quai"
COMMAND = re.compile(r"^    gunicorn (wsgi:app .*)$", re.MULTILINE)
OF_THE_PROXY = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "connection")
OF_EACH_HOP = ("connection", "keep-alive", "transfer-encoding")


Front = Callable[[int, int, Path], AbstractContextManager[None]]


class TlsHouse:
    """One collective in real use at `url`; its pilot has a password, a member a link."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.web_port = folder, free_port(), free_port()
        self.url = f"https://{NAME}:{self.port}"
        self.env = environment(COLLECTIFS_DATA=str(folder / "data"), BASE_URL=self.url, PROXIES="1", BIND="127.0.0.1")

    def write(self) -> None:
        """Tables, keys, two people, a collective, and a meeting that begins in ten minutes."""
        app = create_app(load_settings(self.env, make_keys=True))
        with app.app_context():
            make_tables(app)
            now = get_deployment().made_at = clock.now()  # in real use, hence of today
            pilot = factories.user("Hélène", "Marchadier", address="helene@academie.example")
            pilot.password_hash = hash_password(PASSWORD)
            member = factories.user("Maud", "Le Bihan")
            where = factories.collective(pilot=pilot, members=[member], name="Les Tilleuls")
            self.link = f"/lien/{mint_link(member, purpose=LinkPurpose.PERSONAL, now=now)}"
            self.proposing = f"/collectifs/{where.id}/proposer-une-situation"
            self.meeting = f"/seance/{factories.meeting(where).id}"
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    @contextmanager
    def served(self, front: "Front | None" = None) -> Iterator["TlsHouse"]:
        """The web processes, and a proxy in front of them: `front`, or Python's own."""
        said = COMMAND.search((ROOT / "README.md").read_text(encoding="utf-8"))
        assert said, "README says how gunicorn is started"
        command = ["gunicorn", *said[1].replace(":8000", f":{self.web_port}").split()]
        web = started(Command(command, self.env, says=str(self.folder / "server.log")))
        try:
            wait_for_health(f"http://127.0.0.1:{self.web_port}", web)
            with (front or proxy)(self.port, self.web_port, self.folder):
                yield self
        finally:
            end(web)

    @property
    def browser_arguments(self) -> list[str]:
        """Where the name leads, and the one certificate that is as good as a bought one."""
        return [
            f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP * ~NOTFOUND",
            f"--ignore-certificate-errors-spki-list={(self.folder / 'spki').read_text(encoding='ascii')}",
        ]


def make_certificate(folder: Path) -> None:
    """A key, a certificate for NAME, and the print by which the browser is told to trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "tls.pem").write_bytes(secret + certificate.public_bytes(pem))
    der = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    digest = hashlib.sha256(key.public_key().public_bytes(*der)).digest()
    (folder / "spki").write_text(base64.b64encode(digest).decode(), encoding="ascii")


@contextmanager
def proxy(port: int, web_port: int, folder: Path) -> Iterator[None]:
    """Speaks TLS on one port, and plain HTTP to the other."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: word for name, word in self.headers.items() if name.lower() not in OF_THE_PROXY}
            headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https", "Connection": "close"}
            headers["X-Forwarded-Host"] = self.headers["Host"]
            behind = http.client.HTTPConnection("127.0.0.1", web_port, timeout=60)
            behind.request(self.command, self.path, body, headers)
            answer = behind.getresponse()
            words = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, word in answer.getheaders():
                if name.lower() not in OF_EACH_HOP:
                    self.send_header(name, word)
            self.end_headers()
            self.wfile.write(words)
            behind.close()

        do_GET = do_HEAD = do_POST = pass_on  # noqa: N815  the names that http.server looks for

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # a page opens many connections at once; five would wait, and the others be refused

    server = Server(("127.0.0.1", port), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_connection: None  # type: ignore[method-assign]  browsers hang up as they like
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
