"""The accounts that a run made: who can sign in, and with what. Kept in the run's folder, readable by its owner only."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.gate.places import write_secret
from tools.gate.problem import Problem


@dataclass(frozen=True)
class Account:
    """A person: signs in with a name and a password."""

    name: str
    password: str
    title: str  # "Hải quan · customs"


@dataclass(frozen=True)
class Client:
    """A program: gets tokens for an id and a secret."""

    client_id: str
    secret: str
    title: str


class Accounts:
    """Accounts by a short word: "haiquan"."""

    def __init__(self, people: dict[str, Account], clients: dict[str, Client]):
        self.people = people
        self.clients = clients

    def person(self, word: str) -> Account:
        if word not in self.people:
            raise Problem(f"this run made no account “{word}”", f"one of: {', '.join(self.people)}")
        return self.people[word]

    def client(self, word: str) -> Client:
        if word not in self.clients:
            raise Problem(f"this run made no API client “{word}”", f"one of: {', '.join(self.clients)}")
        return self.clients[word]

    def text(self) -> str:
        """As save() writes them."""
        text = {
            "people": {word: asdict(one) for word, one in self.people.items()},
            "clients": {word: asdict(one) for word, one in self.clients.items()},
        }
        return json.dumps(text, ensure_ascii=False, indent=1) + "\n"

    def save(self, file: Path) -> None:
        """Writes them; the simulator and ./run status read this file."""
        write_secret(file, self.text())

    @staticmethod
    def load(file: Path) -> "Accounts":
        """Those that were saved; none when the run made none."""
        if not file.exists():
            return Accounts({}, {})
        text = json.loads(file.read_text("utf-8"))
        return Accounts(
            {word: Account(**one) for word, one in text["people"].items()},
            {word: Client(**one) for word, one in text["clients"].items()},
        )
