#include "services/simulator/config.h"

namespace bordergate::simulator {
namespace {

constexpr milliseconds kDay{86'400'000};

WorldSettings ReadWorld(ConfigReader& reader) {
  WorldSettings world;
  world.speed = reader.Number("world.speed", 0.1, 50);
  world.driving_speed_max = reader.Number("world.driving_speed_max", 1, 4);
  world.start_hour = static_cast<int>(reader.Integer("world.start_hour", 0, 23));
  const std::string light = reader.Choice("world.light", {"clock", "day", "night"});
  world.light = light == "day" ? Light::kDay : light == "night" ? Light::kNight : Light::kByClock;
  world.barrier.raise = reader.Duration("barrier.raise_ms", milliseconds(100), seconds(30));
  world.barrier.lower = reader.Duration("barrier.lower_ms", milliseconds(100), seconds(30));
  world.barrier.pulse = reader.Duration("barrier.pulse_ms", milliseconds(50), seconds(5));
  world.barrier.heartbeat = reader.Duration("barrier.heartbeat_timeout_ms", milliseconds(500), seconds(60));
  return world;
}

TrafficSettings ReadTraffic(ConfigReader& reader, int start_hour) {
  TrafficSettings traffic;
  traffic.trucks_per_hour = reader.Number("traffic.trucks_per_hour", 0.1, 5000);
  traffic.export_share = reader.Number("traffic.export_share", 0, 1);
  traffic.undeclared_share = reader.Number("traffic.undeclared_share", 0, 1);
  traffic.watch_listed_share = reader.Number("traffic.watch_listed_share", 0, 1);
  traffic.mismatched_share = reader.Number("traffic.mismatched_share", 0, 1);
  traffic.trailer_swapped_share = reader.Number("traffic.trailer_swapped_share", 0, 1);
  traffic.tag_swapped_share = reader.Number("traffic.tag_swapped_share", 0, 1);
  traffic.start_hour = start_hour;
  traffic.warm_start = static_cast<int>(reader.Integer("traffic.warm_start", 0, 100));
  return traffic;
}

CastSettings ReadCast(ConfigReader& reader, int start_hour) {
  CastSettings cast;
  cast.seed = static_cast<uint64_t>(reader.Integer("traffic.seed", 0, int64_t{1} << 53));
  cast.traffic = ReadTraffic(reader, start_hour);
  cast.underway_max = static_cast<int>(reader.Integer("traffic.underway_max", 1, 1000));
  cast.traffic_runs = reader.Flag("traffic.running");
  cast.kiosk = reader.Flag("actors.kiosk");
  cast.look_every = reader.Duration("actors.look_every_ms", milliseconds(200), seconds(60));
  cast.agency.confirm_after = reader.Duration("actors.confirm_after_s", seconds(1), kDay);
  cast.agency.hold_share = reader.Number("actors.hold_share", 0, 1);
  cast.journey.pay_after = reader.Duration("actors.pay_after_s", seconds(1), kDay);
  cast.journey.drive_to_yard = reader.Duration("actors.drive_to_yard_s", seconds(1), kDay);
  cast.journey.drive_to_lane = reader.Duration("actors.drive_to_lane_s", seconds(1), kDay);
  cast.journey.driver_patience = reader.Duration("actors.driver_patience_s", seconds(5), kDay);
  cast.lane_desk.answer_after = reader.Duration("actors.lane_answer_after_ms", milliseconds(0), seconds(600));
  cast.lane_desk.wave_back_after =
      reader.Duration("actors.lane_wave_back_after_ms", milliseconds(0), seconds(600));
  return cast;
}

CurlDoorSettings ReadDoor(ConfigReader& reader) {
  CurlDoorSettings door;
  door.url = reader.Text("actors.door_url");
  door.timeout = reader.Duration("actors.request_timeout_ms", milliseconds(500), seconds(60));
  door.requests_per_second_max = reader.Number("actors.requests_per_second_max", 1, 1000);
  return door;
}

}  // namespace

SimulatorConfig SimulatorConfig::Read(ConfigReader& reader) {
  SimulatorConfig config;
  config.admin = AdminConfig::Read(reader);
  config.telemetry = TelemetryConfig::Read(reader);
  config.site_file = reader.Text("site.file", 1);
  config.world = ReadWorld(reader);
  config.frames.idle = reader.Duration("camera.idle_interval_ms", milliseconds(100), seconds(10));
  config.frames.standing = reader.Duration("camera.standing_interval_ms", milliseconds(100), seconds(10));
  config.frames.moving = reader.Duration("camera.moving_interval_ms", milliseconds(100), seconds(1));
  config.photo_folder = reader.Text("photos.folder");
  config.tag_push_url = reader.Text("tags.push_url");
  config.tag_key_folder = reader.Text("tags.key_folder");
  reader.Require(config.tag_push_url.empty() || config.tag_push_url.starts_with("http"), "tags.push_url",
                 "must be an address such as http://127.0.0.1:7070, or be empty");
  config.truth_file = reader.Text("truth.file");
  config.control_listen = reader.OptionalAddress("control.listen");
  config.control_token_file = reader.Text("control.token_file");
  config.population.firm_count = static_cast<int>(reader.Integer("traffic.firms", 1, 40));
  config.population.trucks_per_firm = static_cast<int>(reader.Integer("traffic.trucks_per_firm", 1, 200));
  config.accounts_file = reader.Text("actors.accounts_file");
  config.door = ReadDoor(reader);
  config.bank_id = reader.Text("bank.id");
  config.bank_key_file = reader.Text("bank.key_file");
  config.cast = ReadCast(reader, config.world.start_hour);
  const bool acts = !config.accounts_file.empty();
  reader.Require(!acts || config.door.url.starts_with("http"), "actors.door_url",
                 "must be an address such as http://127.0.0.1:8080 when actors.accounts_file is set");
  reader.Require(!acts || !config.bank_id.empty(), "bank.id", "is required when actors.accounts_file is set");
  reader.Require(!acts || !config.bank_key_file.empty(), "bank.key_file",
                 "is required when actors.accounts_file is set");
  reader.Require(config.control_listen.empty() || !config.control_token_file.empty(), "control.token_file",
                 "is required when control.listen is set");
  return config;
}

}  // namespace bordergate::simulator
