// The streams of LaneService: lanes live, decisions as they are made, reads of cameras.
#include <limits>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/rpc/server.h"
#include "libs/rpc/watch.h"
#include "services/lane/api/convert.h"
#include "services/lane/api/disclosure.h"
#include "services/lane/api/lane_api.h"

namespace bordergate::lane {
namespace {

// Every lane is sent at least this often, so that a frozen picture is told from a quiet one.
constexpr milliseconds kResendAfter{2000};
constexpr milliseconds kWaitForChange{500};

class ReadStream final : public rpc::Conversation<v1::ReportReadsRequest> {
 public:
  ReadStream(Lanes& lanes, const FindSlipKey& find_slip_key, const Clock& clock,
             rpc::Sender<v1::ReportReadsResponse> sender)
      : lanes_(lanes), find_slip_key_(find_slip_key), clock_(clock), sender_(std::move(sender)) {}

  void OnMessage(const v1::ReportReadsRequest& request) override {
    if (request.has_read()) return OnRead(request.read());
    if (request.has_container()) return OnRead(request.container());
    if (request.has_slip()) return OnSlip(request.slip());
    if (request.has_tag()) return OnTag(request.tag());
    if (request.has_health()) return OnHealth(request.health());
    if (request.has_tag_reader_health()) OnHealth(request.tag_reader_health());
  }

 private:
  void OnHealth(const v1::CameraHealth& health) {
    LaneHost* lane = lanes_.Find(health.lane_id());
    const auto position = lane == nullptr ? std::nullopt : lane->info().PositionOf(health.camera_id());
    if (!position) return;
    if (*position == CameraPosition::kFront) return lane->CameraAlive(health.fault_code());
    if (health.fault_code().empty()) lane->WitnessAlive(health.camera_id());
  }

  void OnHealth(const v1::TagReaderHealth& health) {
    LaneHost* lane = lanes_.Find(health.lane_id());
    if (lane == nullptr || lane->info().tag_reader_id != health.tag_reader_id()) return;
    if (health.fault_code().empty() && !health.tag_reader_id().empty())
      lane->WitnessAlive(health.tag_reader_id());
  }

  void OnTag(const v1::TagRead& read) {
    v1::ReportReadsResponse response;
    response.set_read_id(read.read_id());
    LaneHost* lane = lanes_.Find(read.lane_id());
    const Result<TagRead> tag = FromProto(read);
    if (lane == nullptr) {
      response.set_reason_code("LANE_NOT_FOUND");
    } else if (!tag) {
      response.set_reason_code("READ_INVALID");
    } else if (lane->info().tag_reader_id != tag->tag_reader_id) {
      response.set_reason_code("DEVICE_UNKNOWN");
    } else {
      const ReadUse use = lane->SeeTag(*tag);
      response.set_accepted(use == ReadUse::kTaken);
      response.set_reason_code(ReasonCode(use));
    }
    (void)sender_.Send(response);  // as OnRead
  }

  // A plate, or a container.
  template <class Read>
  void OnRead(const Read& read) {
    const SteadyInstant received = clock_.SteadyNow();
    v1::ReportReadsResponse response;
    response.set_read_id(read.read_id());
    LaneHost* lane = lanes_.Find(read.lane_id());
    Result<PlateRead> plate_read = FromProto(read);
    if (lane == nullptr) {
      response.set_reason_code("LANE_NOT_FOUND");
    } else if (!plate_read) {
      response.set_reason_code("READ_INVALID");
    } else if (const auto position = lane->info().PositionOf(plate_read->camera_id); !position) {
      response.set_reason_code("DEVICE_UNKNOWN");
    } else {
      plate_read->position = *position;
      plate_read->receive_at = received;
      const ReadUse use = lane->SeeRead(*plate_read);
      response.set_accepted(use == ReadUse::kTaken);
      response.set_reason_code(ReasonCode(use));
    }
    (void)sender_.Send(response);  // a camera that has gone asks again on its next stream
  }

  void OnSlip(const v1::SlipRead& read) {
    v1::ReportReadsResponse response;
    response.set_read_id(read.read_id());
    LaneHost* lane = lanes_.Find(read.lane_id());
    const Result<SlipRead> slip = FromProto(read, find_slip_key_);
    if (lane == nullptr) {
      response.set_reason_code("LANE_NOT_FOUND");
    } else if (!slip) {
      response.set_reason_code("READ_INVALID");
    } else {
      const ReadUse use = lane->SeeSlip(*slip);
      response.set_accepted(use == ReadUse::kTaken);
      response.set_reason_code(ReasonCode(use));
    }
    (void)sender_.Send(response);  // as OnRead
  }

  Lanes& lanes_;
  const FindSlipKey& find_slip_key_;
  const Clock& clock_;
  const rpc::Sender<v1::ReportReadsResponse> sender_;
};

}  // namespace

Result<std::unique_ptr<rpc::Conversation<v1::ReportReadsRequest>>> LaneApi::ReportReads(
    const Call&, rpc::Sender<v1::ReportReadsResponse> sender) {
  return std::make_unique<ReadStream>(lanes_, find_slip_key_, clock_, std::move(sender));
}

Result<void> LaneApi::WatchLanes(const Call& call, const v1::WatchLanesRequest& request,
                                 rpc::StreamWriter<v1::WatchLanesResponse>& writer) {
  std::map<std::string, SteadyInstant> sent;
  const auto send = [&](const LaneHost& lane) {
    const LaneInfo& info = lane.info();
    if (!request.gate_id().empty() && info.gate_id != request.gate_id()) return true;
    if (!call.caller.MaySeeGate(info.gate_id)) return true;
    sent[info.lane_id] = clock_.SteadyNow();
    v1::WatchLanesResponse response;
    *response.mutable_lane() = ToldTo(call.caller, ToProto(lane.View()));
    return writer.Write(response);
  };
  int64_t version = 0;
  (void)board_.ChangedSince(version, milliseconds(0));
  for (const auto& [id, lane] : lanes_.all()) {
    if (!send(*lane)) return {};
  }
  while (writer.open()) {
    for (const std::string& id : board_.ChangedSince(version, kWaitForChange)) {
      if (!send(*lanes_.Find(id))) return {};
    }
    for (const auto& [id, at] : std::map(sent)) {
      if (clock_.SteadyNow() - at >= kResendAfter && !send(*lanes_.Find(id))) return {};
    }
  }
  return {};
}

Result<void> LaneApi::WatchDecisions(const Call& call, const v1::WatchDecisionsRequest& request,
                                     rpc::StreamWriter<v1::WatchDecisionsResponse>& writer) {
  int64_t sequence = request.after_sequence();
  if (sequence < 0) sequence = events_.WaitBeyond(std::numeric_limits<int64_t>::max(), milliseconds(0));
  const auto wanted = [&](const v1::Decision& decision) {
    const LaneHost* lane = lanes_.Find(decision.lane_id());
    if (!request.lane_id().empty() && decision.lane_id() != request.lane_id()) return false;
    // A lane that this site no longer has belongs to no gate any more.
    return lane == nullptr ? call.caller.gate_ids.empty() : call.caller.MaySeeGate(lane->info().gate_id);
  };
  while (writer.open()) {
    (void)events_.WaitBeyond(sequence, rpc::kSignOfLifeInterval);
    const std::vector<StoredEvent> events = BG_TRY(events_.ReadAfter(sequence, rpc::kWatchBatchMax));
    for (const StoredEvent& stored : events) {
      sequence = stored.sequence;
      v1::LaneEvent event;
      if (stored.kind != "decision.made" || !event.ParseFromString(stored.body)) continue;
      if (!wanted(event.decision())) continue;
      v1::WatchDecisionsResponse response;
      response.set_sequence(sequence);
      *response.mutable_decision() = ToldTo(call.caller, std::move(*event.mutable_decision()));
      if (!writer.Write(response)) return {};
    }
    if (!events.empty()) continue;
    v1::WatchDecisionsResponse sign_of_life;
    sign_of_life.set_sequence(sequence);
    if (!writer.Write(sign_of_life)) return {};
  }
  return {};
}

void Register(rpc::Server& server, LaneApi& api) {
  namespace methods = v1::lane_service;
  server.Add<methods::ListLanes>(std::bind_front(&LaneApi::ListLanes, &api));
  server.Add<methods::OpenBarrier>(std::bind_front(&LaneApi::OpenBarrier, &api));
  server.Add<methods::RefuseVehicle>(std::bind_front(&LaneApi::RefuseVehicle, &api));
  server.Add<methods::SetLaneMode>(std::bind_front(&LaneApi::SetLaneMode, &api));
  server.Add<methods::PutCheckpointRule>(std::bind_front(&LaneApi::PutCheckpointRule, &api));
  server.Add<methods::TryCheckpointRule>(std::bind_front(&LaneApi::TryCheckpointRule, &api));
  server.Add<methods::ListCheckpointRules>(std::bind_front(&LaneApi::ListCheckpointRules, &api));
  server.Add<methods::GetEvidence>(std::bind_front(&LaneApi::GetEvidence, &api));
  server.AddStream<methods::WatchLanes>(std::bind_front(&LaneApi::WatchLanes, &api));
  server.AddStream<methods::WatchDecisions>(std::bind_front(&LaneApi::WatchDecisions, &api));
  server.AddConversation<methods::ReportReads>(std::bind_front(&LaneApi::ReportReads, &api));
  server.AddStream<methods::Watch>(
      [&api](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(api.events(), request, writer);
      });
}

}  // namespace bordergate::lane
