# Goal: whoever asks who may do what reads it in docs/permissions.md as the servers enforce it today.
# Method: make the document again and compare; some lines whose answer the regulation gives.
from tests.contract import contract, permissions_doc
from tools.gate.places import ROOT


def rpc(name: str) -> contract.Rpc:
    return next(one for one in contract.rpcs() if one.name.endswith(f".{name}"))


def who(name: str) -> set[str]:
    return {role for role, may in zip(["–", *permissions_doc.SHORT], permissions_doc.allowed(rpc(name))) if may}


def test_the_document_is_up_to_date():
    file = ROOT / permissions_doc.TARGET
    assert file.read_text("utf-8") == permissions_doc.document(), (
        "run: /usr/bin/python3 -m tests.contract.permissions_doc --write"
    )


def test_every_role_has_its_column_in_the_order_of_the_proto():
    assert [name for name, said in contract.roles() if said] == list(permissions_doc.SHORT)


def test_a_call_is_allowed_to_its_roles_to_everybody_signed_in_or_to_anybody():
    assert who("LaneService.OpenBarrier") == {"ROLE_BORDER_GUARD"}
    assert who("IdentityService.GetMe") == set(permissions_doc.SHORT)
    assert who("ReportService.GetBoard") == {"–", *permissions_doc.SHORT}


def test_an_auditor_reads_and_changes_nothing():
    own = {"SignOut", "ChangePassword", "QuoteFee"}  # of anybody who is signed in
    changes = {one.name.rsplit(".", 1)[1] for one in contract.rpcs() if one.verb == "POST" and not one.access.public}
    keeps_nothing = {"TryCheckpointRule"}
    assert {name for name in changes if "ROLE_AUDITOR" in who(name)} == own | keeps_nothing


def test_the_first_sentence_says_what_a_call_does():
    said = " Raises the barrier, v1.0 of it. Then waits.\n   errors  LANE_BUSY\n"
    assert permissions_doc.first_sentence(said) == "Raises the barrier, v1.0 of it."
