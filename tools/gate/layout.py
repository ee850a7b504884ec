"""Who listens where in one run, and the site file that tells the lanes' hardware."""

from dataclasses import dataclass
from pathlib import Path

from tools.gate.ports import Ports, is_free
from tools.gate.problem import Problem
from tools.gate.services import ORDER

GATE_ID = "huu-nghi"
_PORT_PREFERRED = 8080
# The first lanes have a camera behind, too: one of each direction. Every further camera costs the camera service about as
# much as the first.
_REAR_CAMERA_COUNT = 2
_DOOR_CAMERA_LANE = 2  # this one looks at the doors of containers instead
_ANTENNAS_A_READER = 4


@dataclass(frozen=True)
class Lane:
    """One barrier's way through the gate."""

    lane_id: str
    title: str
    direction: str  # "export" or "import"
    camera_id: str
    camera_url: str
    slip_camera_id: str
    slip_camera_url: str
    rear_camera_id: str  # empty: it has none
    rear_camera_url: str
    door_camera_id: str  # empty: it has none
    door_camera_url: str
    tag_reader_id: str
    tag_reader_antenna: int
    barrier_address: str
    display_address: str
    scale_address: str


class Layout:
    """The addresses of one run, all on the loopback address."""

    def __init__(self, ports: Ports, lane_count: int, public_port: int | None, prefer_usual_port: bool):
        """public_port: of the public door; None takes 8080 when it is free and wished, else a port of the run."""
        self.rpc = {name: _address(ports.take()) for name in ORDER}
        self.admin = {name: _address(ports.take()) for name in ORDER}
        self.public = _address(_public_port(ports, public_port, prefer_usual_port))
        self.control = _address(ports.take())  # the simulator's, for tests and demonstrations
        self.cameras = _address(ports.take())  # the simulator serves every camera's pictures here
        self.push = _address(ports.take())  # readers of transponders send what they hear here
        self.lanes = [_lane(number, ports, self.cameras) for number in range(lane_count)]

    @property
    def tag_reader_ids(self) -> list[str]:
        return sorted({lane.tag_reader_id for lane in self.lanes})

    def write_site(self, file: Path) -> None:
        """Writes the site file for all processes of this run."""
        parts = [
            "# Made by ./run: the gate of this run and its simulated hardware.",
            f'[[gates]]\ngate_id = "{GATE_ID}"\ntitle = "Hữu Nghị"\nutc_offset_minutes = 420',
        ]
        for lane in self.lanes:
            parts.append(
                f'[[lanes]]\nlane_id = "{lane.lane_id}"\ngate_id = "{GATE_ID}"\ntitle = "{lane.title}"\n'
                f'direction = "{lane.direction}"\ncamera_id = "{lane.camera_id}"\ncamera_url = "{lane.camera_url}"\n'
                f'slip_camera_id = "{lane.slip_camera_id}"\nslip_camera_url = "{lane.slip_camera_url}"\n'
                f'tag_reader_id = "{lane.tag_reader_id}"\ntag_reader_address = "127.0.0.1"\n'
                f'tag_reader_format = "impinj"\ntag_reader_authentication = "basic"\n'
                f'tag_reader_antenna = {lane.tag_reader_antenna}\n'
                f'barrier_address = "{lane.barrier_address}"\nbarrier_unit_id = 1\nregister_map = "simulated"\n'
                f'display_address = "{lane.display_address}"\ndisplay_map = "simulated"\n'
                f'scale_address = "{lane.scale_address}"\nscale_map = "simulated"'
            )
            if lane.rear_camera_id:
                parts.append(
                    f'[[lanes.further_cameras]]\ncamera_id = "{lane.rear_camera_id}"\n'
                    f'camera_url = "{lane.rear_camera_url}"\nposition = "rear"'
                )
            if lane.door_camera_id:
                parts.append(
                    f'[[lanes.further_cameras]]\ncamera_id = "{lane.door_camera_id}"\n'
                    f'camera_url = "{lane.door_camera_url}"\nposition = "trailer"\nreads = ["containers"]'
                )
        file.write_text("\n\n".join(parts) + "\n", "utf-8")


def _lane(number: int, ports: Ports, cameras: str) -> Lane:
    """Lanes alternate: x1, n1, x2, n2, … (xuất: export, nhập: import)."""
    is_export = number % 2 == 0
    title = f"{'X' if is_export else 'N'}{number // 2 + 1}"
    lane_id = f"{GATE_ID}-{title.lower()}"
    camera_id = f"{lane_id}-front"
    rear_camera_id = f"{lane_id}-rear" if number < _REAR_CAMERA_COUNT else ""
    door_camera_id = f"{lane_id}-doors" if number == _DOOR_CAMERA_LANE else ""
    return Lane(
        lane_id,
        title,
        "export" if is_export else "import",
        camera_id,
        f"http://{cameras}/{camera_id}.mjpeg",
        f"{lane_id}-slip",
        f"http://{cameras}/{lane_id}-slip.mjpeg",
        rear_camera_id,
        f"http://{cameras}/{rear_camera_id}.mjpeg" if rear_camera_id else "",
        door_camera_id,
        f"http://{cameras}/{door_camera_id}.mjpeg" if door_camera_id else "",
        f"{GATE_ID}-tags-{number // _ANTENNAS_A_READER + 1}",
        number % _ANTENNAS_A_READER + 1,
        _address(ports.take()),
        _address(ports.take()),
        _address(ports.take()),
    )


def _public_port(ports: Ports, wanted: int | None, prefer_usual: bool) -> int:
    if wanted is not None:
        if not is_free(wanted):
            raise Problem(f"port {wanted} is taken", "./run --port with another one, or without --port")
        return wanted
    return _PORT_PREFERRED if prefer_usual and is_free(_PORT_PREFERRED) else ports.take()


def _address(port: int) -> str:
    return f"127.0.0.1:{port}"
