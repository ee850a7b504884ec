#include "libs/config/site.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace bordergate {
namespace {

// Reads one table of the file, notes what is missing, wrong or not known.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string name, std::vector<std::string>& faults)
      : table_(table), name_(std::move(name)), faults_(faults) {}
  ~TableReader() {
    for (auto&& [key, node] : table_) {
      if (!seen_.contains(std::string(key.str()))) Fault(key.str(), "unknown key");
    }
  }
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  const std::string& name() const { return name_; }
  bool Has(std::string_view key) const { return table_.contains(key); }

  // Never empty, unless that is noted.
  std::string Text(std::string_view key, std::string_view otherwise = {}) {
    if (!Has(key) && otherwise.empty()) Fault(key, "is required, as text");
    const std::string text = Has(key) ? OptionalText(key) : std::string(otherwise);
    if (table_[key].is_string() && text.empty()) Fault(key, "must not be empty");
    return text;
  }

  std::string OptionalText(std::string_view key) {
    seen_.emplace(key);
    if (Has(key) && !table_[key].is_string()) Fault(key, "must be text, in quotes");
    return table_[key].value_or(std::string());
  }

  // The tables of [[NAME.KEY]]; none when it is left out.
  std::vector<const toml::table*> Tables(std::string_view key, size_t most) {
    seen_.emplace(key);
    std::vector<const toml::table*> tables;
    if (!Has(key)) return tables;
    const toml::array* list = table_[key].as_array();
    if (list == nullptr || list->size() > most || !list->is_homogeneous<toml::table>()) {
      Fault(key, fmt::format("must be at most {} tables", most));
      return tables;
    }
    for (const auto& node : *list) tables.push_back(node.as_table());
    return tables;
  }

  // A list of some of `choices`, at least one; `otherwise` when it is left out.
  std::set<std::string> Choices(std::string_view key, const std::set<std::string>& choices,
                                const std::set<std::string>& otherwise) {
    seen_.emplace(key);
    if (!Has(key)) return otherwise;
    std::set<std::string> chosen;
    bool good = table_[key].is_array();
    if (const toml::array* list = table_[key].as_array()) {
      for (const auto& node : *list) {
        const std::string choice = node.value_or(std::string());
        good = good && choices.contains(choice) && chosen.insert(choice).second;
      }
    }
    if (!good || chosen.empty())
      Fault(key, fmt::format(R"(must be a list of at least one of "{}", each once; left out it is ["{}"])",
                             fmt::join(choices, R"(", ")"), fmt::join(otherwise, R"(", ")")));
    return chosen;
  }

  int Integer(std::string_view key, int otherwise, int min, int max) {
    seen_.emplace(key);
    const bool other_type = Has(key) && !table_[key].is_integer();
    const auto value = table_[key].value_or<int64_t>(otherwise);
    if (other_type || value < min || value > max)
      Fault(key, fmt::format("must be a whole number from {} to {}", min, max));
    return static_cast<int>(value);
  }

  void Fault(std::string_view key, std::string_view message) {
    faults_.push_back(fmt::format("{}.{}: {}", name_, key, message));
  }

 private:
  const toml::table& table_;
  std::string name_;
  std::vector<std::string>& faults_;
  std::set<std::string> seen_;
};

bool IsSlug(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

SiteGate ReadGate(TableReader& reader) {
  SiteGate gate;
  gate.gate_id = reader.Text("gate_id");
  if (!IsSlug(gate.gate_id))
    reader.Fault("gate_id", "must be 2 to 40 characters of a to z, digits and hyphen");
  gate.title = reader.Text("title");
  gate.utc_offset_minutes = reader.Integer("utc_offset_minutes", 420, -840, 840);
  return gate;
}

// Host and port; the port is 0 when it is wrong.
std::pair<std::string, int> ReadAddress(TableReader& reader, std::string_view key) {
  const std::string address = reader.Text(key);
  const size_t colon = address.rfind(':');
  const std::string_view digits =
      colon == std::string::npos ? std::string_view{} : std::string_view(address).substr(colon + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  if (!whole || colon == 0 || port < 1 || port > 65535) reader.Fault(key, "must be host:port");
  return {address.substr(0, colon), port};
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool IsIpAddress(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 || inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

void ReadPush(TableReader& reader, SiteLane& lane) {
  lane.push_address = reader.OptionalText("push_address");
  lane.push_format = reader.OptionalText("push_format");
  lane.push_authentication = reader.OptionalText("push_authentication");
  if (lane.push_address.empty() && lane.push_format.empty() && lane.push_authentication.empty()) return;
  if (!IsIpAddress(lane.push_address)) reader.Fault("push_address", "must be an IP address");
  if (!IsOneOf(lane.push_format, {"hikvision", "dahua"}))
    reader.Fault("push_format", "must be hikvision or dahua");
  if (!IsOneOf(lane.push_authentication, {"digest", "basic", "path"}))
    reader.Fault("push_authentication", "must be digest, basic or path");
}

void ReadTagReader(TableReader& reader, SiteLane& lane) {
  if (!reader.Has("tag_reader_id")) return;
  lane.tag_reader_id = reader.Text("tag_reader_id");
  lane.tag_reader_address = reader.Text("tag_reader_address");
  lane.tag_reader_format = reader.Text("tag_reader_format");
  lane.tag_reader_authentication = reader.Text("tag_reader_authentication");
  lane.tag_reader_antenna = reader.Integer("tag_reader_antenna", 0, 0, 64);
  if (!IsIpAddress(lane.tag_reader_address)) reader.Fault("tag_reader_address", "must be an IP address");
  if (!IsOneOf(lane.tag_reader_format, {"impinj", "zebra"}))
    reader.Fault("tag_reader_format", "must be impinj or zebra");
  if (!IsOneOf(lane.tag_reader_authentication, {"basic", "path"}))
    reader.Fault("tag_reader_authentication", "must be basic or path");
}

void ReadFurtherCameras(TableReader& reader, SiteLane& lane, std::vector<std::string>& faults) {
  for (const toml::table* table : reader.Tables("further_cameras", 4)) {
    TableReader one(*table, fmt::format("{}.further_cameras[{}]", reader.name(), lane.further_cameras.size()),
                    faults);
    SiteCamera camera{.camera_id = one.Text("camera_id"),
                      .camera_url = one.Text("camera_url"),
                      .position = one.Text("position")};
    if (!IsOneOf(camera.position, {"rear", "trailer"})) one.Fault("position", "must be rear or trailer");
    const std::set<std::string> reads = one.Choices("reads", {"containers", "plates"}, {"plates"});
    camera.reads_plates = reads.contains("plates");
    camera.reads_containers = reads.contains("containers");
    lane.further_cameras.push_back(std::move(camera));
  }
}

SiteLane ReadLane(TableReader& reader, std::vector<std::string>& faults) {
  SiteLane lane;
  lane.lane_id = reader.Text("lane_id");
  if (!IsSlug(lane.lane_id))
    reader.Fault("lane_id", "must be 2 to 40 characters of a to z, digits and hyphen");
  lane.gate_id = reader.Text("gate_id");
  lane.title = reader.Text("title");
  const std::string direction = reader.Text("direction");
  if (direction != "export" && direction != "import") reader.Fault("direction", "must be export or import");
  lane.is_export = direction == "export";
  lane.camera_id = reader.Text("camera_id");
  ReadPush(reader, lane);
  lane.camera_url = lane.push_address.empty() ? reader.Text("camera_url") : reader.OptionalText("camera_url");
  lane.slip_camera_id = reader.OptionalText("slip_camera_id");
  lane.slip_camera_url = reader.OptionalText("slip_camera_url");
  if (lane.slip_camera_id.empty() != lane.slip_camera_url.empty())
    reader.Fault("slip_camera_url", "is given together with slip_camera_id, or neither is");
  ReadFurtherCameras(reader, lane, faults);
  ReadTagReader(reader, lane);
  std::tie(lane.barrier_host, lane.barrier_port) = ReadAddress(reader, "barrier_address");
  lane.barrier_unit_id = reader.Integer("barrier_unit_id", 1, 0, 247);
  lane.register_map = reader.Text("register_map", "simulated");
  if (reader.Has("display_address"))
    std::tie(lane.display_host, lane.display_port) = ReadAddress(reader, "display_address");
  lane.display_unit_id = reader.Integer("display_unit_id", 1, 0, 247);
  lane.display_map = reader.Text("display_map", "simulated");
  if (reader.Has("scale_address"))
    std::tie(lane.scale_host, lane.scale_port) = ReadAddress(reader, "scale_address");
  lane.scale_unit_id = reader.Integer("scale_unit_id", 1, 0, 247);
  lane.scale_map = reader.Text("scale_map", "simulated");
  return lane;
}

template <class Item, class Read>
std::vector<Item> ReadList(const toml::table& file, std::string_view key, std::vector<std::string>& faults,
                           Read read) {
  std::vector<Item> items;
  const toml::array* list = file[key].as_array();
  if (list == nullptr) {
    faults.push_back(fmt::format("{}: at least one [[{}]] is required", key, key));
    return items;
  }
  for (const auto& node : *list) {
    if (!node.is_table()) {
      faults.push_back(fmt::format("{}: must be tables, each begun by [[{}]]", key, key));
      return items;
    }
    TableReader reader(*node.as_table(), fmt::format("{}[{}]", key, items.size()), faults);
    items.push_back(read(reader));
  }
  return items;
}

// A reader that serves several lanes stands at each with the same words and an antenna of its own.
void CheckTagReaders(const Site& site, const std::set<std::string>& cameras,
                     std::vector<std::string>& faults) {
  std::map<std::string, std::vector<const SiteLane*>> readers;
  for (const SiteLane& lane : site.lanes) {
    if (!lane.tag_reader_id.empty()) readers[lane.tag_reader_id].push_back(&lane);
  }
  for (const auto& [id, lanes] : readers) {
    const auto fault = [&](std::string_view what) {
      faults.push_back(fmt::format("lanes: the tag reader {} {}", id, what));
    };
    if (cameras.contains(id)) fault("has the id of a camera");
    const SiteLane& first = *lanes.front();
    std::set<int> antennas;
    bool agree = true;
    for (const SiteLane* lane : lanes) {
      antennas.insert(lane->tag_reader_antenna);
      agree = agree && lane->tag_reader_address == first.tag_reader_address &&
              lane->tag_reader_format == first.tag_reader_format &&
              lane->tag_reader_authentication == first.tag_reader_authentication;
    }
    if (!agree) fault("stands at several lanes with different address, format or authentication");
    if (lanes.size() > 1 && (antennas.size() < lanes.size() || antennas.contains(0)))
      fault("stands at several lanes: each needs an antenna of its own, not 0");
  }
}

void CheckReferences(const Site& site, std::vector<std::string>& faults) {
  std::set<std::string> gates;
  for (const SiteGate& gate : site.gates) {
    if (!gates.insert(gate.gate_id).second)
      faults.push_back(fmt::format("gates: {} stands twice", gate.gate_id));
  }
  std::set<std::string> lanes, cameras;
  const auto once = [&](const std::string& camera_id) {
    if (!camera_id.empty() && !cameras.insert(camera_id).second)
      faults.push_back(fmt::format("lanes: the camera {} stands twice", camera_id));
  };
  for (const SiteLane& lane : site.lanes) {
    once(lane.camera_id);
    once(lane.slip_camera_id);
    for (const SiteCamera& camera : lane.further_cameras) once(camera.camera_id);
    if (!lanes.insert(lane.lane_id).second)
      faults.push_back(fmt::format("lanes: {} stands twice", lane.lane_id));
    if (!gates.contains(lane.gate_id)) {
      faults.push_back(fmt::format("lanes: {} names the unknown gate {}", lane.lane_id, lane.gate_id));
    }
  }
  CheckTagReaders(site, cameras, faults);
}

}  // namespace

Result<Site> LoadSite(const std::string& file) {
  std::vector<std::string> faults;
  Site site;
  try {
    const toml::table table = toml::parse_file(file);
    for (auto&& [key, node] : table) {
      if (key.str() != "gates" && key.str() != "lanes")
        faults.push_back(fmt::format("{}: unknown key", key.str()));
    }
    site.gates = ReadList<SiteGate>(table, "gates", faults, ReadGate);
    site.lanes = ReadList<SiteLane>(table, "lanes", faults,
                                    [&](TableReader& reader) { return ReadLane(reader, faults); });
    CheckReferences(site, faults);
  } catch (const toml::parse_error& error) {
    faults.push_back(std::string(error.description()));
  }
  if (!faults.empty()) return Error(kSiteInvalid, fmt::format("{}: {}", file, fmt::join(faults, "; ")));
  return site;
}

Site ReadSite(ConfigReader& reader) {
  const std::string file = reader.Text("site.file", 1);
  if (file.empty()) return {};
  Result<Site> site = LoadSite(file);
  if (!site) reader.Require(false, "site.file", site.error().message());
  return site ? *std::move(site) : Site{};
}

}  // namespace bordergate
