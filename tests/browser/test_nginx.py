"""nginx with the lines of deploy/ in front of gunicorn: requests that are slow, or never end, stop nobody.

Where Debian's package is not there, `make test` says at its end that it was left out.
"""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.tls_house import NAME, TlsHouse, make_certificate
from tests.databases import free_port
from tests.forks import ROOT
from tools.processes import dying_with_us, end
from tools.system_packages import FRONTS, nginx

HERE = [name for name, is_here in FRONTS.items() if is_here()]
AROUND = """daemon off; master_process off; pid {here}/nginx.pid; error_log {here}/start.log crit;
events {{ worker_connections 512; }}
http {{
  {temporary}
{servers}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
UNFINISHED, CROWD = 40, 200
ALONE_S, AT_ONCE_S = 1.5, 1.0
HEADERS = f"GET /sante HTTP/1.1\r\nHost: {NAME}\r\nX-Never: ".encode()
BODY = f"POST /entrer HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\nadresse=".encode()


@contextmanager
def nginx_in_front(port: int, web_port: int, folder: Path, hung_port: int | None = None) -> Iterator[None]:
    """The very lines of deploy/nginx.conf; only names of files and numbers of ports are those of here.

    With a second machine that hangs its line counts, and the patience is of three seconds instead of twenty.
    """
    said = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = said.replace("/var/log/nginx/collectifs-error.log", f"{folder}/error.log")
    servers = re.sub(r"ssl_certificate(_key)? [^;]+;", rf"ssl_certificate\1 {folder}/tls.pem;", servers)
    servers = servers.replace("listen 443", f"listen 127.0.0.1:{port}").replace("listen 80;", f"listen {free_port()};")
    servers = servers.replace("127.0.0.1:8000", f"127.0.0.1:{web_port}").replace("$host;", "$host:$server_port;")
    if hung_port:
        servers = servers.replace("# server 192.0.2.2:8000", f"server 127.0.0.1:{hung_port}")
        servers = servers.replace("proxy_read_timeout 20s", "proxy_read_timeout 3s")
        servers = servers.replace("proxy_read_timeout 8s", "proxy_read_timeout 1s")
        assert servers.count("server 127.0.0.1") == 2
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
    whole, settings = AROUND.format(here=folder, temporary=temporary, servers=servers), folder / "nginx.conf"
    settings.write_text(whole, encoding="utf-8")
    yield from _running([nginx(), "-e", f"{folder}/start.log", "-p", str(folder), "-c", str(settings)], port)


def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(dying_with_us(command))
    try:
        until = time.monotonic() + 10
        while True:
            assert process.poll() is None, "nginx ended by itself"
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < until, "nginx does not listen"
                time.sleep(0.05)
        yield
    finally:
        end(process)


@pytest.fixture(scope="module", params=HERE)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsHouse]:
    """An installation behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    make_certificate(folder)
    made = TlsHouse(folder)
    made.write()
    with made.served(nginx_in_front):
        yield made


def secretly(connection: socket.socket) -> socket.socket:
    """The same in TLS, whoever signed the certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connection, server_hostname=NAME)


def plainly(connection: socket.socket) -> socket.socket:
    """As it is."""
    return connection


@contextmanager
def unfinished(
    port: int, words: bytes, speak: Callable[[socket.socket], socket.socket], number: int = UNFINISHED
) -> Iterator[None]:
    """So many who begin a request and do not go on."""
    with ExitStack() as open_ones:
        for _ in range(number):
            one = speak(socket.create_connection(("127.0.0.1", port), 5))
            open_ones.callback(one.close)
            one.sendall(words)
        time.sleep(0.3)
        yield


def ask(
    port: int,
    speak: Callable[[socket.socket], socket.socket],
    *,
    within_s: float,
    path: str = "/sante",
    method: str = "GET",
) -> int:
    """The status of one whole request among them; TimeoutError when nobody answers in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.sock = speak(socket.create_connection(("127.0.0.1", port), within_s))
    try:
        connection.request(method, path, headers={"Host": f"{NAME}:{port}"})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("words", [HEADERS, BODY], ids=["headers", "bodies"])
def test_behind_nginx_forty_unfinished_requests_make_nobody_wait(house: TlsHouse, words: bytes) -> None:
    with unfinished(house.port, words, secretly):
        assert [ask(house.port, secretly, within_s=AT_ONCE_S) for _ in range(5)] == [200] * 5


def test_without_it_they_stop_everybody_as_readme_and_the_check_say(house: TlsHouse) -> None:
    """So many that each process has its share, whichever takes most of them."""
    with unfinished(house.web_port, HEADERS, plainly, CROWD), pytest.raises(TimeoutError):
        ask(house.web_port, plainly, within_s=ALONE_S)


def test_no_path_of_a_personal_link_is_written_down_and_what_is_too_large_is_refused(house: TlsHouse) -> None:
    assert ask(house.port, secretly, within_s=5, path=house.link) == 200
    connection = http.client.HTTPConnection("127.0.0.1", house.port)
    connection.sock = secretly(socket.create_connection(("127.0.0.1", house.port), 5))
    connection.request("POST", "/entrer", body=b"a" * 1_100_000, headers={"Host": f"{NAME}:{house.port}"})
    assert connection.getresponse().status == 413
    connection.close()
    logs = "".join(each.read_text(encoding="utf-8", errors="replace") for each in house.folder.glob("*.log"))
    assert house.link.rpartition("/")[2] not in logs


@pytest.mark.parametrize(("method", "path"), [("GET", "etat?depuis=0"), ("POST", "gestes")])
def test_a_screen_finds_the_machine_that_hangs_and_another_one_is_asked(
    house: TlsHouse, tmp_path: Path, method: str, path: str
) -> None:
    """A gesture too is sent to the other: it has an id, and is kept once. Nobody's page waits afterwards."""
    shutil.copy(house.folder / "tls.pem", tmp_path)
    port = free_port()
    with (
        socket.create_server(("127.0.0.1", 0)) as hung,
        nginx_in_front(port, house.web_port, tmp_path, hung.getsockname()[1]),
    ):
        room = f"/seance/00000000-0000-4000-8000-000000000000/{path}"
        answers = {ask(port, secretly, within_s=2.5, path=room, method=method) for _ in range(4)}
        assert not {502, 504} & answers, "the other one answered, whatever it said"
        assert ask(port, secretly, within_s=AT_ONCE_S) == 200


def test_a_machine_that_hangs_costs_one_visitor_a_wait_and_nobody_their_page(house: TlsHouse, tmp_path: Path) -> None:
    """It takes connections and never answers, as one that was stopped: nginx asks the other, and leaves it alone."""
    shutil.copy(house.folder / "tls.pem", tmp_path)
    port, tried = free_port(), 0
    with socket.create_server(("127.0.0.1", 0)) as hung:
        with nginx_in_front(port, house.web_port, tmp_path, hung.getsockname()[1]):
            assert [ask(port, secretly, within_s=30) for _ in range(12)] == [200] * 12
        hung.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                hung.accept()[0].close()
                tried += 1
    assert tried == 1


def test_machines_that_said_not_now_are_asked_again_at_once(house: TlsHouse, tmp_path: Path) -> None:
    """Both say it while their database is away, one of a paper that is being printed: neither is left alone."""
    shutil.copy(house.folder / "tls.pem", tmp_path)
    port = free_port()
    with away_for(4) as both, nginx_in_front(port, both, tmp_path, both):
        assert [ask(port, secretly, within_s=5) for _ in range(8)] == [503] * 4 + [200] * 4


def test_when_no_machine_answers_it_is_said_in_french(house: TlsHouse, tmp_path: Path) -> None:
    """nginx speaks by itself then; it would say « Bad Gateway »."""
    shutil.copy(house.folder / "tls.pem", tmp_path)
    port = free_port()
    with nginx_in_front(port, free_port(), tmp_path):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.sock = secretly(socket.create_connection(("127.0.0.1", port), 5))
        connection.request("POST", "/entrer", body="adresse=", headers={"Host": f"{NAME}:{port}"})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Retry-After"]) == (502, "60")
        assert "Collectifs ne répond pas pour l’instant" in answer.read().decode(answer.headers.get_content_charset())
        connection.close()


@contextmanager
def away_for(number: int) -> Iterator[int]:
    """A machine that answers 503 to so many, then all is well; its port."""
    answers = iter([503] * number)

    class Machine(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            self.send_response(next(answers, 200))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Machine) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
