# Goal: a measurement reads as a table and what is measured is the process itself.
# Method: made-up rows; a real process that burns a known amount of processor time.
import os

from tools.gate import bench_command, footprint
from tools.gate.keeper import Status


def test_a_table_puts_numbers_to_the_right_and_words_to_the_left():
    rows = [{"case": "floor", "p50 us": 7.5}, {"case": "ours", "p50 us": 1234.0}]
    assert bench_command.table(rows).splitlines() == [
        "case   p50 us",
        "-----  ------",
        "floor     7.5",
        "ours    1,234",
    ]


def test_memory_and_processor_time_are_those_of_the_process():
    me = Status("me", os.getpid(), 1, None)
    before = footprint.cpu_seconds(me)
    while os.times().user < 0.2 + before:
        pass
    assert footprint.cpu_seconds(me) >= before + 0.1
    block = bytearray(os.urandom(32 << 20))
    with_block = footprint.resident_bytes(me)
    del block
    assert with_block - footprint.resident_bytes(me) > 16 << 20
