"""deploy/make-secrets: makes keys, passwords and certificates for docker-compose.yml, or renews the certificates."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from tools.deploy.secrets_folder import USER_ID, SecretsFolder
from tools.gate import say
from tools.gate.places import ROOT, House
from tools.gate.problem import Problem

FOLDER = ROOT / "deploy" / "secrets"


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="deploy/make-secrets",
        description="Makes what is missing and renews certificates that are past half their life. Safe to repeat.",
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they are kept (default: deploy/secrets)")
    parser.add_argument("--renew-every", type=int, metavar="SECONDS",
                        help="make nothing new; go on renewing certificates at this interval until stopped")  # fmt: skip
    return parser.parse_args(arguments)


def _keep_renewing(folder: SecretsFolder, interval_s: int) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    say.plain(f" certificates are looked at every {interval_s} s")
    while True:
        try:
            folder.renew()
        except Problem as error:  # the next look may find it mended; half a certificate's life is left for that
            say.problem(error)
        if stop.wait(interval_s):
            return


def main(arguments: list[str]) -> int:
    say.use_utf8()
    asked = _parse(arguments)
    folder = SecretsFolder(asked.folder)
    try:
        if asked.renew_every:
            _keep_renewing(folder, asked.renew_every)
            return 0
        if os.geteuid() not in (0, USER_ID):
            raise Problem(f"the files must belong to the containers' user {USER_ID}", "sudo deploy/make-secrets")
        folder.make(House())
    except Problem as error:
        say.problem(error)
        return 1
    say.plain(f" ✔ {asked.folder}: keys, passwords, certificates")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
