"""A barrier controller on pymodbus, which shares no code with the driver: the map of register_maps/simulated.toml.

Prints "port=N" when it listens. Understands lines on its input: "loop NAME on|off", "silent on|off" (does as it is told and
answers nothing). Prints a line for every coil that is written: "coil ADDRESS 0|1". Ends when its input ends.
"""

import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer

RAISE, LOWER = 0, 1
UPPER, LOWER_LIMIT = 0, 1
LOOPS = {"arming": 2, "safety": 3, "exit": 4}
TRAVEL_S = 0.05


class Coils(ModbusSequentialDataBlock):
    """Moves the arm when raise or lower is written; both fall back by themselves."""

    def __init__(self, inputs: ModbusSequentialDataBlock):
        super().__init__(0, [False] * 6)
        self._inputs = inputs

    def setValues(self, address, values):  # noqa: N802: pymodbus calls it so
        values = values if isinstance(values, list) else [values]
        for at, value in enumerate(values, address):
            print(f"coil {at} {int(bool(value))}", flush=True)
            if at in (RAISE, LOWER):
                if value:
                    self._move(at == RAISE)
            else:
                super().setValues(at, [value])

    def _move(self, up: bool) -> None:
        if not up and self._inputs.getValues(LOOPS["safety"], 1)[0]:
            return
        self._inputs.setValues(UPPER, [False, False])
        asyncio.get_running_loop().call_later(TRAVEL_S, self._inputs.setValues, UPPER, [up, not up])


async def obey(inputs: ModbusSequentialDataBlock, server: ModbusTcpServer) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode():
        match line.split():
            case ["loop", name, state]:
                inputs.setValues(LOOPS[name], [state == "on"])
            case ["silent", state]:
                server.response_manipulator = (lambda _: (b"", True)) if state == "on" else None
        print(f"done {line.strip()}", flush=True)


async def main() -> None:
    inputs = ModbusSequentialDataBlock(0, [False, True] + [False] * 6)
    unit = ModbusSlaveContext(di=inputs, co=Coils(inputs), zero_mode=True)
    server = ModbusTcpServer(ModbusServerContext(slaves=unit, single=True), address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(f"port={server.server.sockets[0].getsockname()[1]}", flush=True)
    await obey(inputs, server)
    serving.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except asyncio.CancelledError:
        pass
