#include "services/lane/config.h"

namespace bordergate::lane {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

void ReadTimes(ConfigReader& reader, LaneTimes& times) {
  times.arm_travel_max = reader.Duration("barrier.travel_max_ms", milliseconds(500), seconds(60));
  times.clear_wait = reader.Duration("barrier.clear_wait_ms", milliseconds(500), seconds(60));
  times.lower_again = reader.Duration("barrier.lower_again_ms", seconds(1), seconds(60));
  times.pass_wait = reader.Duration("barrier.pass_wait_ms", seconds(5), seconds(600));
  times.loop_stuck = reader.Duration("barrier.loop_stuck_ms", seconds(10), hours(1));
  times.read_age_max = reader.Duration("identify.read_age_max_ms", milliseconds(500), seconds(60));
  times.read_lead = reader.Duration("identify.read_lead_ms", milliseconds(0), seconds(10));
  times.identify_timeout = reader.Duration("identify.timeout_ms", seconds(1), seconds(60));
  times.settle = reader.Duration("identify.settle_ms", milliseconds(0), seconds(5));
  times.witness_wait = reader.Duration("identify.witness_wait_ms", milliseconds(0), seconds(5));
  times.decision_valid = reader.Duration("decide.valid_ms", seconds(1), seconds(15));
  times.scale_age_max = reader.Duration("scale.age_max_ms", seconds(1), seconds(60));
  times.weigh_timeout = reader.Duration("scale.timeout_ms", seconds(2), minutes(2));
  times.decision_deadline = reader.Duration("decide.deadline_ms", milliseconds(50), seconds(5));
}

void ReadStandby(ConfigReader& reader, LaneConfig& config) {
  config.standby_peer = reader.OptionalAddress("standby.peer");
  config.standby_listen = reader.Address("standby.listen");
  config.standby_leads = reader.Flag("standby.leads");
  config.standby_silent_after = reader.Duration("standby.silent_after_ms", milliseconds(1200), seconds(60));
  config.standby_answer_within = reader.Duration("standby.answer_within_ms", milliseconds(50), seconds(2));
}

void ReadBarrier(ConfigReader& reader, LaneConfig& config) {
  config.register_map_folder = reader.Text("barrier.register_map_folder");
  config.display_map_folder = reader.Text("display.map_folder");
  config.scale_map_folder = reader.Text("scale.map_folder");
  config.scale_interval = reader.Duration("scale.poll_interval_ms", milliseconds(50), seconds(1));
  config.poll_interval = reader.Duration("barrier.poll_interval_ms", milliseconds(20), seconds(1));
  config.modbus.heartbeat = reader.Duration("barrier.heartbeat_ms", milliseconds(100), milliseconds(1000));
  config.modbus.timeout = reader.Duration("barrier.timeout_ms", milliseconds(50), seconds(2));
  config.modbus.reconnect_first =
      reader.Duration("barrier.reconnect_first_ms", milliseconds(10), seconds(10));
  config.modbus.reconnect_longest =
      reader.Duration("barrier.reconnect_longest_ms", milliseconds(100), seconds(60));
}

}  // namespace

LaneConfig LaneConfig::Read(ConfigReader& reader) {
  LaneConfig config;
  config.rpc = RpcConfig::Read(reader);
  config.admin = AdminConfig::Read(reader);
  config.telemetry = TelemetryConfig::Read(reader);
  config.site_file = reader.Text("site.file", 1);
  config.gate_ids = reader.TextList("site.gate_ids");
  config.store_folder = reader.Text("store.folder", 1);
  config.evidence_bytes_max = reader.Integer("store.evidence_bytes_max", int64_t{1} << 20, int64_t{1} << 40);
  config.evidence_age_max = reader.Duration("store.evidence_age_max_s", hours(24), hours(87'600));
  config.done_retention = reader.Duration("store.done_retention_s", hours(1), hours(720));
  config.answer_retention = reader.Duration("store.answer_retention_s", hours(1), hours(720));
  config.lease = {static_cast<int>(reader.Integer("lease.share", 1, 8)),
                  static_cast<int>(reader.Integer("lease.shares", 1, 8))};
  reader.Require(config.lease.number <= config.lease.of, "lease.share", "must be at most lease.shares");
  config.slip_key_folder = reader.Text("slip.public_key_folder");
  config.peers = {reader.Address("peers.customs"), reader.Address("peers.fee"), reader.Address("peers.yard"),
                  reader.Address("peers.vehicle")};
  ReadBarrier(reader, config);
  ReadStandby(reader, config);
  ReadTimes(reader, config.times);
  config.limits.barrier = reader.Duration("limits.barrier_ms", milliseconds(500), seconds(60));
  config.limits.camera = reader.Duration("limits.camera_ms", seconds(1), seconds(60));
  config.limits.centre = reader.Duration("limits.centre_ms", milliseconds(1500), seconds(60));
  config.limits.centre_confirm = reader.Duration("limits.centre_confirm_s", minutes(1), hours(24));
  config.limits.centre_manual = reader.Duration("limits.centre_manual_s", hours(1), hours(168));
  config.limits.clock_skew = reader.Duration("limits.clock_skew_ms", milliseconds(500), seconds(60));
  config.promote_after = reader.Duration("limits.promote_after_ms", milliseconds(0), minutes(10));
  config.first_rule.cleared_required = reader.Flag("first_rule.cleared_required");
  config.first_rule.fee_required = reader.Flag("first_rule.fee_required");
  config.first_rule.call_required = reader.Flag("first_rule.call_required");
  config.first_rule.confidence_min = reader.Number("first_rule.confidence_min", 0.5, 1.0);
  config.first_rule.author = "service:lane";
  config.first_rule.reason = "first rule, from the configuration";
  return config;
}

}  // namespace bordergate::lane
