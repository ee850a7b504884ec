#include "services/camera/push_config.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

// The first line; empty when the file cannot be read.
std::string ReadKey(const std::string& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return std::string(Trim(line));
}

int UtcOffsetOf(const Site& site, const std::string& gate_id) {
  const auto gate = std::find_if(site.gates.begin(), site.gates.end(),
                                 [&](const SiteGate& item) { return item.gate_id == gate_id; });
  return gate == site.gates.end() ? 0 : gate->utc_offset_minutes;
}

PushCamera CameraOf(const SiteLane& lane, const Site& site) {
  const std::string& how = lane.push_authentication;
  return {.camera_id = lane.camera_id,
          .address = lane.push_address,
          .format = lane.push_format == "dahua" ? PushFormat::kDahua : PushFormat::kHikvision,
          .authentication = how == "path"    ? PushAuthentication::kPath
                            : how == "basic" ? PushAuthentication::kBasic
                                             : PushAuthentication::kDigest,
          .key = {},
          .utc_offset_minutes = UtcOffsetOf(site, lane.gate_id)};
}

}  // namespace

PushOptions ReadPushOptions(ConfigReader& reader, const Site& site) {
  PushOptions options{.listen = reader.OptionalAddress("push.listen"),
                      .certificate_file = reader.Text("push.certificate_file"),
                      .key_file = reader.Text("push.key_file")};
  const std::string folder = reader.Text("push.key_folder");
  reader.Require(options.certificate_file.empty() == options.key_file.empty(), "push.key_file",
                 "is given together with push.certificate_file, or neither is");
  for (const SiteLane& lane : site.lanes) {
    if (lane.push_address.empty()) continue;
    PushCamera camera = CameraOf(lane, site);
    const std::string file = fmt::format("{}/{}.key", folder, lane.camera_id);
    camera.key = ReadKey(file);
    reader.Require(!options.listen.empty(), "push.listen",
                   fmt::format("is required: camera {} of the site sends events", lane.camera_id));
    reader.Require(IsPushKey(camera.key), "push.key_folder",
                   fmt::format("{} must hold 12 to 64 letters, digits or any of ._~-", file));
    options.cameras.push_back(std::move(camera));
  }
  return options;
}

}  // namespace bordergate::camera
