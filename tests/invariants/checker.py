"""The one checker of the design's invariants, for every test of the whole.

    from tests.invariants.checker import check
    check(gate)    # at work or at rest; AssertionError that lists what is violated
"""

import subprocess
from collections.abc import Callable, Iterator

from tests.invariants import event_checks, lane_checks, record_checks
from tests.invariants.facts import Facts, collect
from tests.invariants.sources import Sources
from tools.gate.gate import Gate

Check = Callable[[Facts], Iterator[str]]
# Number of the invariant in the design → the checks that together are it.
INVARIANTS: dict[int, tuple[Check, ...]] = {
    1: (
        lane_checks.no_opening_without_a_decision_before_it,
        lane_checks.no_rise_without_a_pulse,
        lane_checks.no_arm_touched_a_vehicle,
    ),
    2: (
        lane_checks.passages_are_what_really_passed,
        lane_checks.a_passage_rests_on_one_decision,
        event_checks.passages_are_the_same_everywhere,
        event_checks.a_trip_crosses_once,
    ),
    3: (lane_checks.no_watch_listed_vehicle_was_opened_for_by_the_lane,),
    4: (lane_checks.a_ticket_and_a_trip_pass_once,),
    5: (record_checks.fees_balance, record_checks.nobody_crossed_unpaid),
    6: (record_checks.the_journal_chain_is_whole, record_checks.message_chains_are_whole),
    7: (
        event_checks.sequences_have_no_gaps,
        event_checks.everybody_is_caught_up,
        event_checks.the_timeline_has_every_event_of_a_trip_once,
        event_checks.every_declared_trip_is_charged_once_and_known_to_the_yard,
        event_checks.a_partner_has_every_agreed_event_once_in_order,
    ),
    8: (record_checks.nobody_did_what_his_role_does_not_allow,),
    9: (record_checks.every_error_has_a_published_reason, record_checks.no_plate_stands_in_a_log),
}
# What services verify of their own records: program, command, number of the invariant.
COMMANDS = (("yard", "verify-order", 4), ("fee", "verify-ledger", 5), ("lane", "verify-journal", 6))


def violations(facts: Facts) -> list[str]:
    """What is wrong: "2 passages_are_what_really_passed: …"."""
    return [
        f"{number} {check.__name__}: {text}"
        for number, checks in INVARIANTS.items()
        for check in checks
        for text in check(facts)
    ]


def verify_records(run: Callable[[str, str], subprocess.CompletedProcess[str]]) -> list[str]:
    """What the services' own commands find. run: a service's command with the service's configuration."""
    found = []
    for service, command, number in COMMANDS:
        done = run(service, command)
        if done.returncode != 0:
            found.append(f"{number} {service} {command}: {done.stderr.strip() or done.stdout.strip()}")
    return found


def check(gate: Gate, timeout_s: float = 30) -> Facts:
    """Waits until everybody has applied all events until now, then checks everything. Returns the facts it rests on."""
    sources = Sources.of(gate)
    heads = sources.heads()
    sources.wait_applied(heads, timeout_s)
    facts = collect(sources, heads)
    found = violations(facts) + verify_records(gate.command)
    assert not found, f"{len(found)} violations:\n" + "\n".join(found)
    return facts
