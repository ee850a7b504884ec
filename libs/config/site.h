// The site file: the gates and lanes of one place, with the addresses of their hardware. One TOML file for
// all processes of the place.
//
//   [[gates]]
//   gate_id = "huu-nghi"            # 2 to 40 characters: a to z, digits, hyphen
//   title = "Hữu Nghị"
//   utc_offset_minutes = 420        # of the gate's clock on the wall; Vietnam has no summer time
//
//   [[lanes]]
//   lane_id = "huu-nghi-x1"
//   gate_id = "huu-nghi"
//   title = "X1"
//   direction = "export"            # or "import"
//   camera_id = "huu-nghi-x1-front"
//   camera_url = "http://127.0.0.1:8201/huu-nghi-x1-front.mjpeg"   # http(s) MJPEG, rtsp, or a folder
//   slip_camera_id = "huu-nghi-x1-slip"                 # both or none: a camera at the driver's window
//   slip_camera_url = "http://127.0.0.1:8201/huu-nghi-x1-slip.mjpeg"   # that looks for slips (QR codes)
//   tag_reader_id = "huu-nghi-x1-tags"    # of the reader of transponders (RFID); left out: there is none
//   tag_reader_address = "192.0.2.80"     # it sends what it hears from here
//   tag_reader_format = "impinj"          # or "zebra"
//   tag_reader_authentication = "basic"   # or "path", as of cameras that send
//   tag_reader_antenna = 1                # of this lane, 1 to 64; 0: all. A reader that serves several lanes
//                                         # stands at each of them, with that lane's antenna
//   push_address = "192.0.2.64"     # all three or none: the camera reads plates itself, sends from here
//   push_format = "hikvision"       # or "dahua"; camera_url may then be left out
//   push_authentication = "digest"  # or "basic", or "path": its key is the end of the address it sends to
//   barrier_address = "127.0.0.1:1502"
//   barrier_unit_id = 1             # Modbus unit, 0 to 247
//   register_map = "simulated"      # name of a register map of the lane service
//   display_address = "127.0.0.1:1602"   # of the display that drivers read; left out: there is none
//   display_unit_id = 1
//   display_map = "simulated"       # name of a display map of the lane service
//   scale_address = "127.0.0.1:1702"   # of the scale before the barrier; left out: there is none
//   scale_unit_id = 1
//   scale_map = "simulated"         # name of a scale map of the lane service
//
//   [[lanes.further_cameras]]       # of the lane above, at most 4; the lane goes on without them
//   camera_id = "huu-nghi-x1-rear"
//   camera_url = "rtsp://192.0.2.65/stream1"
//   position = "rear"               # or "trailer": of the vehicle, what it looks at
//   reads = ["plates"]              # what can be read in its pictures: plates, containers (their numbers) or
//                                   # both. Only that is looked for, and waited for before a truck is let in
#pragma once

#include <string>
#include <vector>

#include "libs/config/config.h"
#include "libs/core/result.h"

namespace bordergate {

struct SiteGate {
  std::string gate_id;
  std::string title;
  int utc_offset_minutes = 420;
};

struct SiteCamera {
  std::string camera_id;
  std::string camera_url;
  std::string position;  // "rear" or "trailer"
  bool reads_plates = true;
  bool reads_containers = false;
};

struct SiteLane {
  std::string lane_id;
  std::string gate_id;
  std::string title;
  bool is_export = true;
  std::string camera_id;
  std::string camera_url;    // empty: the camera only sends what it reads itself
  std::string push_address;  // empty: it does not send
  std::string push_format;
  std::string push_authentication;
  std::string slip_camera_id;  // empty: none
  std::string slip_camera_url;
  std::vector<SiteCamera> further_cameras;
  std::string tag_reader_id;  // empty: none
  std::string tag_reader_address;
  std::string tag_reader_format;
  std::string tag_reader_authentication;
  int tag_reader_antenna = 0;  // 0: all of the reader's
  std::string barrier_host;
  int barrier_port = 0;
  int barrier_unit_id = 1;
  std::string register_map;
  std::string display_host;
  int display_port = 0;  // 0: no display
  int display_unit_id = 1;
  std::string display_map;
  std::string scale_host;
  int scale_port = 0;  // 0: no scale
  int scale_unit_id = 1;
  std::string scale_map;
};

struct Site {
  std::vector<SiteGate> gates;
  std::vector<SiteLane> lanes;
};

// The site file cannot be read or breaks a rule; the message lists every fault.
// Caller: correct the file and start again.
inline constexpr Reason kSiteInvalid{"SITE_INVALID", Code::kInvalidArgument};

//   errors   SITE_INVALID
Result<Site> LoadSite(const std::string& file);

// The site named by the key `site.file`; what is wrong with it joins the faults of the configuration.
Site ReadSite(ConfigReader& reader);

}  // namespace bordergate
