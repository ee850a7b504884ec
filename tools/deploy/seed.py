"""deploy/seed: the first administrator and the demonstration gate's sample data, for a new docker-compose.yml."""

import argparse
import json
import os
import shlex
import sys
from pathlib import Path

from tools.deploy.make_secrets import FOLDER
from tools.deploy.secrets_folder import USER_ID, SecretsFolder
from tools.gate import say, seeding, tools
from tools.gate.accounts import Account
from tools.gate.places import ROOT
from tools.gate.problem import Problem

_ACCOUNTS = "accounts.json"


def seed(folder: SecretsFolder, compose: list[str], url: str) -> Path:
    """Fills the installation behind a public door and gives the simulator everybody's accounts. Once a database.

    compose   the command that speaks to the engine, for example ["docker", "compose"]
    returns   the file with the accounts
    """
    name = f"{seeding.ADMINISTRATOR}@demo"
    answer = tools.run(
        [*compose, "exec", "-T", "identity", "/app/service", "bootstrap", name],
        "start the services first; an installation is seeded once only",
        folder=ROOT,
        timeout_s=120,
    )
    try:
        password = json.loads(answer.strip().splitlines()[-1])["one_time_password"]
    except (ValueError, KeyError, IndexError):
        raise Problem("identity bootstrap printed no password", f"run it by hand: {shlex.join(compose)} exec "
                      f"identity /app/service bootstrap {name}") from None  # fmt: skip
    accounts = seeding.seed(url, Account(name, password, "Quản trị · administrator"))
    return folder.take("simulator", _ACCOUNTS, accounts.text())


def main(arguments: list[str]) -> int:
    say.use_utf8()
    parser = argparse.ArgumentParser(prog="deploy/seed", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="of the gateway (default: %(default)s)")
    parser.add_argument("--compose", default="docker compose", help="the command of compose (default: %(default)s)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="of the secrets (default: deploy/secrets)")
    asked = parser.parse_args(arguments)
    try:
        if os.geteuid() not in (0, USER_ID):
            raise Problem(f"the accounts' file must belong to the containers' user {USER_ID}", "sudo deploy/seed")
        file = seed(SecretsFolder(asked.folder), shlex.split(asked.compose), asked.url)
    except Problem as error:
        say.problem(error)
        return 1
    say.plain(f" ✔ the accounts are in {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
