"""An RTSP camera that shares no code with ours: GStreamer's server, H.264 made of the JPEG files of a folder.

    rtsp_server.py FOLDER PORT FRAMES_PER_SECOND     PORT 0 takes a free one

FOLDER holds 000.jpg, 001.jpg and so on; they are shown again and again. Prints port=N once it serves rtsp://127.0.0.1:N/live.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

_LAUNCH = (
    "( multifilesrc location={folder}/%03d.jpg index=0 loop=true caps=image/jpeg,framerate={rate}/1 "
    "! jpegdec ! videoconvert ! video/x-raw,format=I420 "
    "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max={rate} bitrate=6000 "
    "! rtph264pay name=pay0 pt=96 config-interval=1 )"
)


def main() -> None:
    folder, port, rate = sys.argv[1:4]
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(_LAUNCH.format(folder=folder, rate=rate))
    factory.set_shared(True)
    server.get_mount_points().add_factory("/live", factory)
    if server.attach(None) == 0:
        sys.exit("the port is taken")
    print(f"port={server.get_bound_port()}", flush=True)
    GLib.MainLoop().run()


main()
