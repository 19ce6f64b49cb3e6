"""PostgreSQL's own programs, told where the database is without its password standing on a command line."""

import subprocess

import click
from sqlalchemy import URL

from collectifs.kernel.config import environment


def run_program(program: str, url: URL, *arguments: str, refusal: str) -> None:
    """Run `program` on the database at `url`; the password goes by the environment. `refusal` is said if it fails."""
    where = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    command = [program, *arguments, f"--dbname={where.render_as_string()}"]
    try:
        subprocess.run(command, check=True, env=environment(**secret))  # noqa: S603  our own words, no shell
    except FileNotFoundError:
        raise click.ClickException(f"Il manque {program} (paquet postgresql-client).") from None
    except subprocess.CalledProcessError:
        raise click.ClickException(refusal) from None
