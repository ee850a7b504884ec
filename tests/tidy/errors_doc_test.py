# Goal: whoever gets an error finds it in docs/errors.md, as it is today.
# Method: make the document again and compare; the generator itself on made-up declarations.
from tools.gate import errors_doc
from tools.gate.places import ROOT


def test_the_document_is_up_to_date():
    file = ROOT / errors_doc.TARGET
    shown = file.read_text("utf-8") if file.exists() else ""
    assert shown == errors_doc.document(), "run: /usr/bin/python3 -m tools.gate.errors_doc --write"


def test_every_reason_says_what_it_means_and_what_to_do():
    wrong = errors_doc.faults(errors_doc.reasons())
    assert not wrong, "\n" + "\n".join(wrong)


def declare(root, service: str, text: str) -> None:
    folder = root / "services" / service / "domain"
    folder.mkdir(parents=True)
    (folder / "reasons.h").write_text(text)
    (root / "libs").mkdir(exist_ok=True)


def test_a_reason_is_read_with_its_two_sentences(tmp_path):
    declare(tmp_path, "lane", """
// The barrier did not report either end position in time.
// It may be moving.
// Caller: read the position, then ask an officer.
inline constexpr Reason kBarrierPositionUnknown{"BARRIER_POSITION_UNKNOWN",
                                                Code::kDeadlineExceeded};
""")  # fmt: skip
    (one,) = errors_doc.reasons(tmp_path)
    assert (one.name, one.code, one.owner) == ("BARRIER_POSITION_UNKNOWN", "DeadlineExceeded", "lane")
    assert one.meaning == "The barrier did not report either end position in time. It may be moving."
    assert one.caller == "read the position, then ask an officer."
    assert errors_doc.faults([one]) == []


def test_a_reason_without_its_sentences_and_one_with_two_codes_are_found(tmp_path):
    declare(tmp_path, "fee", 'inline constexpr Reason kA{"TRIP_NOT_FOUND", Code::kNotFound};\n')
    declare(tmp_path, "yard", "// M.\n// Caller: c.\n"
            'inline constexpr Reason kA{"TRIP_NOT_FOUND", Code::kAborted};\n')  # fmt: skip
    wrong = errors_doc.faults(errors_doc.reasons(tmp_path))
    assert len(wrong) == 2
    assert "fee/domain/reasons.h: TRIP_NOT_FOUND lacks its two comment lines" in wrong[0]
    assert "is Aborted, in services/fee/domain/reasons.h it is NotFound" in wrong[1]


def test_a_reason_of_a_field_is_read_with_its_rule(tmp_path):
    declare(tmp_path, "customs", 'checks.Require(ok, "hs_code", "HS_CODE_INVALID",\n'
            '    fmt::format("must have 6 or 8 digits; "\n "it has {}", n));')  # fmt: skip
    (one,) = errors_doc.field_reasons(tmp_path)
    assert (one.name, one.rule, one.owners) == ("HS_CODE_INVALID", "must have 6 or 8 digits; it has …", ("customs",))
