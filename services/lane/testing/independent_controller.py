"""A barrier controller on pymodbus, which shares no code with the driver: the map of register_maps/simulated.toml, by its
block of commands or, before the first token, by coils. Beside it a scale: the map of scale_maps/simulated.toml. Its unit 2 is a
display, a hundred holding registers.

Prints "port=N" when it listens. Understands lines on its input: "loop NAME on|off", "silent on|off" (does as it is told and
answers nothing), "scale STATUS KG", "text FIRST COUNT utf-16-be|ascii" (prints "shows …", what stands in these registers of the
display, up to the first NUL, without blanks behind it), "blank" (the display forgets). Prints a line for every coil that is written, "coil ADDRESS 0|1", for every level, heartbeat and command of a
block that it takes as if it were a coil, and "refused" for one that it does not take. Ends when its input ends.
"""

import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.bit_write_message import WriteSingleCoilRequest
from pymodbus.pdu import ModbusExceptions
from pymodbus.register_write_message import WriteMultipleRegistersRequest, WriteMultipleRegistersResponse
from pymodbus.server.async_io import ModbusTcpServer

RAISE, LOWER, HEARTBEAT, GREEN, RED = 0, 1, 3, 4, 5
UPPER, LOWER_LIMIT = 0, 1
LOOPS = {"arming": 2, "safety": 3, "exit": 4}
TRAVEL_S = 0.05


class Coils(ModbusSequentialDataBlock):
    """Moves the arm when raise or lower is written; both fall back by themselves."""

    def __init__(self, inputs: ModbusSequentialDataBlock):
        super().__init__(0, [False] * 6)
        self._inputs = inputs

    def setValues(self, address, values):  # noqa: N802: pymodbus calls it so
        self.set(address, values if isinstance(values, list) else [values])

    def set(self, address, values):
        for at, value in enumerate(values, address):
            print(f"coil {at} {int(bool(value))}", flush=True)
            if at in (RAISE, LOWER):
                if value:
                    self._move(at == RAISE)
            else:
                super().setValues(at, [bool(value)])

    def _move(self, up: bool) -> None:
        if not up and self._inputs.getValues(LOOPS["safety"], 1)[0]:
            return
        self._inputs.setValues(UPPER, [False, False])
        asyncio.get_running_loop().call_later(TRAVEL_S, self._inputs.setValues, UPPER, [up, not up])


class Block(ModbusSequentialDataBlock):
    """Seven registers, written whole: four of the token, command, levels, heartbeat."""

    def __init__(self, coils: Coils):
        super().__init__(0, [0] * 7)
        self._coils = coils

    def take(self, words: list[int]) -> bool:
        """False: refused, nothing has changed."""
        in_force, token = self._token(self.values), self._token(words)
        follows = in_force == 0 or token >> 32 == (in_force >> 32) + 1
        if len(words) != 7 or token == 0 or (token != in_force and not follows):
            print("refused", flush=True)
            return False
        before, self.values = self.values, [*words[:4], 0, *words[5:]]
        for bit, coil in ((0, GREEN), (1, RED)):
            if (words[5] ^ before[5]) >> bit & 1:
                self._coils.set(coil, [words[5] >> bit & 1])
        if words[6] != before[6]:
            self._coils.set(HEARTBEAT, [words[6] & 1])
        if words[4] in (1, 2):
            self._coils.set(words[4] - 1, [True])
        return True

    @property
    def token_in_force(self) -> int:
        return self._token(self.values)

    @staticmethod
    def _token(words: list[int]) -> int:
        return int.from_bytes(b"".join(word.to_bytes(2, "big") for word in words[:4]), "big")


class WriteBlock(WriteMultipleRegistersRequest):
    """Write multiple registers, answered with an exception when the block is refused."""

    def execute(self, context):
        if context.block is None:
            return super().execute(context)
        if self.address != 0:
            return self.doException(ModbusExceptions.IllegalAddress)
        if not context.block.take(self.values):
            return self.doException(ModbusExceptions.IllegalValue)
        return WriteMultipleRegistersResponse(self.address, self.count)


class WriteCoil(WriteSingleCoilRequest):
    """Write one coil, refused once there is a token."""

    def execute(self, context):
        return self.doException(ModbusExceptions.IllegalValue) if context.block.token_in_force else super().execute(context)


def text_of(registers: list[int], coding: str) -> str:
    return b"".join(word.to_bytes(2, "big") for word in registers).decode(coding).split("\0")[0].rstrip()


async def obey(inputs: ModbusSequentialDataBlock, scale: ModbusSequentialDataBlock, display: ModbusSequentialDataBlock,
               server: ModbusTcpServer) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode():
        match line.split():
            case ["loop", name, state]:
                inputs.setValues(LOOPS[name], [state == "on"])
            case ["scale", status, kg]:
                weight = int(kg).to_bytes(4, "big", signed=True)
                scale.setValues(0, [int(status), int.from_bytes(weight[:2], "big"), int.from_bytes(weight[2:], "big")])
            case ["text", first, count, coding]:
                print("shows " + text_of(display.getValues(int(first), int(count)), coding), flush=True)
            case ["blank"]:
                display.setValues(0, [0] * 100)
            case ["silent", state]:
                server.response_manipulator = (lambda _: (b"", True)) if state == "on" else None
        print(f"done {line.strip()}", flush=True)


async def main() -> None:
    inputs = ModbusSequentialDataBlock(0, [False, True] + [False] * 7)
    coils = Coils(inputs)
    scale = ModbusSequentialDataBlock(0, [0] * 3)
    unit = ModbusSlaveContext(di=inputs, co=coils, hr=Block(coils), ir=scale, zero_mode=True)
    unit.block = unit.store["h"]
    display = ModbusSequentialDataBlock(0, [0] * 100)
    units = {1: unit, 2: ModbusSlaveContext(hr=display, zero_mode=True)}
    units[2].block = None
    server = ModbusTcpServer(ModbusServerContext(slaves=units, single=False), address=("127.0.0.1", 0))
    for function in (WriteBlock, WriteCoil):
        server.decoder.register(function)
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(f"port={server.server.sockets[0].getsockname()[1]}", flush=True)
    await obey(inputs, scale, display, server)
    serving.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except asyncio.CancelledError:
        pass
