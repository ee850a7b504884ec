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

PushTagReader TagReaderOf(const SiteLane& lane) {
  return {.tag_reader_id = lane.tag_reader_id,
          .address = lane.tag_reader_address,
          .format = lane.tag_reader_format == "zebra" ? TagFormat::kZebra : TagFormat::kImpinj,
          .authentication = lane.tag_reader_authentication == "path" ? PushAuthentication::kPath
                                                                     : PushAuthentication::kBasic,
          .key = {}};
}

// A reader may stand at several lanes of the file; it is one sender.
std::vector<PushTagReader> TagReadersOf(const Site& site) {
  std::vector<PushTagReader> readers;
  for (const SiteLane& lane : site.lanes) {
    const bool known = std::any_of(readers.begin(), readers.end(), [&](const PushTagReader& reader) {
      return reader.tag_reader_id == lane.tag_reader_id;
    });
    if (!lane.tag_reader_id.empty() && !known) readers.push_back(TagReaderOf(lane));
  }
  return readers;
}

}  // namespace

PushOptions ReadPushOptions(ConfigReader& reader, const Site& site) {
  PushOptions options{.listen = reader.OptionalAddress("push.listen"),
                      .certificate_file = reader.Text("push.certificate_file"),
                      .key_file = reader.Text("push.key_file")};
  const std::string folder = reader.Text("push.key_folder");
  reader.Require(options.certificate_file.empty() == options.key_file.empty(), "push.key_file",
                 "is given together with push.certificate_file, or neither is");
  const auto key_of = [&](const std::string& id) {
    const std::string file = fmt::format("{}/{}.key", folder, id);
    std::string key = ReadKey(file);
    reader.Require(!options.listen.empty(), "push.listen",
                   fmt::format("is required: {} of the site sends events", id));
    reader.Require(IsPushKey(key), "push.key_folder",
                   fmt::format("{} must hold 12 to 64 letters, digits or any of ._~-", file));
    return key;
  };
  for (const SiteLane& lane : site.lanes) {
    if (lane.push_address.empty()) continue;
    options.cameras.push_back(CameraOf(lane, site));
    options.cameras.back().key = key_of(lane.camera_id);
  }
  options.tag_readers = TagReadersOf(site);
  for (PushTagReader& tag_reader : options.tag_readers) tag_reader.key = key_of(tag_reader.tag_reader_id);
  return options;
}

TagRules ReadTagRules(ConfigReader& reader, milliseconds late_max) {
  TagRules rules{.late_max = late_max,
                 .silence_max = reader.Duration("tags.silence_max_ms", seconds(2), seconds(3600)),
                 .reference_tag_ids = {}};
  for (const std::string& text : reader.TextList("tags.reference_tag_ids")) {
    const auto tag_id = NormalTagId(text);
    reader.Require(tag_id.has_value(), "tags.reference_tag_ids",
                   fmt::format("{} is not a TID of 16 to 48 hexadecimal digits", text));
    if (tag_id) rules.reference_tag_ids.insert(*tag_id);
  }
  return rules;
}

}  // namespace bordergate::camera
