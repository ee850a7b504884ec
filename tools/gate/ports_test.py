# Goal: two runs never get the same port, and a port that is listened on is not given out.
# Method: real sockets on the loopback address.
import socket

from tools.gate.ports import Ports, is_free


def test_two_runs_have_no_port_in_common():
    one, other = Ports(), Ports()
    try:
        assert not {one.take() for _ in range(20)} & {other.take() for _ in range(20)}
    finally:
        one.close()
        other.close()


def test_a_port_with_a_listener_is_passed_over():
    ports = Ports()
    try:
        first = ports.take()
        with socket.create_server(("127.0.0.1", first + 1)):
            assert not is_free(first + 1)
            assert ports.take() == first + 2
    finally:
        ports.close()
