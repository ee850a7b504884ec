"""Fills a new gate with what it needs to work, through the public door like anybody.

Only the first administrator comes another way: identity makes it with a command of its own, since nobody is there yet
to make it. It makes the officers; the officer of the management centre sets the gate up from seed/huu-nghi.toml; the
administrator gives the partner agency its client.
"""

import secrets
import tomllib
from typing import Any

from tools.gate.accounts import Account, Accounts, Client
from tools.gate.places import ROOT
from tools.gate.rest import Rest

_SEED = ROOT / "tools" / "gate" / "seed"
_PATIENCE_S = 60  # for services that start beside us: half a seed cannot be gone on with
ADMINISTRATOR = "quantri"
CENTRE = "trungtam"
ENTERPRISE = "doanhnghiep"
# Table of the seed file → where it is sent, in this order.
_PATHS = {
    "workflows": "/v1/workflows",
    "tariffs": "/v1/tariffs",
    "yards": "/v1/yards",
    "holding_plans": "/v1/holding-plans",
    "checkpoint_rules": "/v1/checkpoint-rules",
    "agreements": "/v1/agreements",
}


def seed(url: str, administrator: Account) -> Accounts:
    """Sets the gate behind the public door up and returns every account it made. Once a database."""
    nobody = Rest(url, patience_s=_PATIENCE_S)
    admin = nobody.sign_in(administrator.name, administrator.password)
    people = {ADMINISTRATOR: administrator, **_make_officers(admin), ENTERPRISE: _sign_up_enterprise(nobody)}
    centre = nobody.sign_in(people[CENTRE].name, people[CENTRE].password)
    data = _read("huu-nghi.toml")
    for table, path in _PATHS.items():
        for body in data[table]:
            centre.post(path, body)
    clients = {agreement["partner_id"]: _make_partner_client(admin, agreement) for agreement in data["agreements"]}
    return Accounts(people, clients)


def _make_officers(admin: Rest) -> dict[str, Account]:
    found = {}
    for person in _read("people.toml")["people"]:
        name = f"{person['account']}@demo"
        answer = admin.post(
            "/v1/persons",
            {"sign_in_name": name, "display_name": person["display_name"], "roles": person["roles"]},
        )
        found[person["account"]] = Account(name, answer["one_time_password"], person["title"])
    return found


def _sign_up_enterprise(nobody: Rest) -> Account:
    account = Account(f"{ENTERPRISE}@demo", secrets.token_urlsafe(12), "Doanh nghiệp · enterprise")
    nobody.post(
        "/v1/sign-up",
        {"sign_in_name": account.name, "password": account.password, "display_name": "Nông Thị Xuất"},
    )
    enterprise = nobody.sign_in(account.name, account.password)
    enterprise.post(
        "/v1/enterprises",
        {
            "name": "Công ty TNHH Rau quả Xứ Lạng",
            "tax_code": "4900123456",
            "address": "Thị trấn Đồng Đăng, Cao Lộc, Lạng Sơn",
            "phone": "+842053851234",
        },
    )
    return account


def _make_partner_client(admin: Rest, agreement: dict[str, Any]) -> Client:
    answer = admin.post("/v1/api-clients", {"title": agreement["title"], "partner_id": agreement["partner_id"]})
    return Client(answer["api_client"]["api_client_id"], answer["client_secret"], agreement["title"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_SEED / name).read_text("utf-8"))
