// The handlers of LaneService: from a request to a result. What each does, and its errors in order, stands in
// the proto.
#pragma once

#include "bordergate/lane/v1/lane_service.pb.h"

#include "libs/core/event_source.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/stream.h"
#include "services/lane/api/lane_host.h"
#include "services/lane/domain/rule_trial.h"
#include "services/lane/domain/rules.h"

namespace bordergate::rpc {
class Server;
}

namespace bordergate::lane {

class LaneApi {
 public:
  LaneApi(Lanes& lanes, const LaneBoard& board, Rules& rules, const EvidenceKeeper& evidence,
          EventSource& events, DecisionArchive& archive, FindSlipKey find_slip_key, const Clock& clock)
      : lanes_(lanes),
        board_(board),
        rules_(rules),
        evidence_(evidence),
        events_(events),
        archive_(archive),
        find_slip_key_(std::move(find_slip_key)),
        clock_(clock) {}

  using Call = rpc::CallContext;
  Result<v1::ListLanesResponse> ListLanes(const Call&, const v1::ListLanesRequest&);
  Result<v1::OpenBarrierResponse> OpenBarrier(const Call&, const v1::OpenBarrierRequest&);
  Result<v1::RefuseVehicleResponse> RefuseVehicle(const Call&, const v1::RefuseVehicleRequest&);
  Result<v1::SetLaneModeResponse> SetLaneMode(const Call&, const v1::SetLaneModeRequest&);
  Result<v1::PutCheckpointRuleResponse> PutCheckpointRule(const Call&, const v1::PutCheckpointRuleRequest&);
  Result<v1::TryCheckpointRuleResponse> TryCheckpointRule(const Call&, const v1::TryCheckpointRuleRequest&);
  Result<v1::ListCheckpointRulesResponse> ListCheckpointRules(const Call&,
                                                              const v1::ListCheckpointRulesRequest&);
  Result<v1::GetEvidenceResponse> GetEvidence(const Call&, const v1::GetEvidenceRequest&);

  Result<void> WatchLanes(const Call&, const v1::WatchLanesRequest&,
                          rpc::StreamWriter<v1::WatchLanesResponse>&);
  Result<void> WatchDecisions(const Call&, const v1::WatchDecisionsRequest&,
                              rpc::StreamWriter<v1::WatchDecisionsResponse>&);

  // One stream of one camera process.
  Result<std::unique_ptr<rpc::Conversation<v1::ReportReadsRequest>>> ReportReads(
      const Call&, rpc::Sender<v1::ReportReadsResponse>);

  EventSource& events() { return events_; }

 private:
  Result<LaneHost*> FindLane(const Call& call, const std::string& lane_id) const;
  // That a lane of this process stands at the checkpoint, at a gate the caller is posted to.
  //   errors   CHECKPOINT_NOT_FOUND
  Result<void> CheckCheckpoint(const Call& call, const std::string& checkpoint_id) const;

  Lanes& lanes_;
  const LaneBoard& board_;
  Rules& rules_;
  const EvidenceKeeper& evidence_;
  EventSource& events_;
  DecisionArchive& archive_;
  const FindSlipKey find_slip_key_;
  const Clock& clock_;
};

// Adds every RPC of LaneService to a server.
void Register(rpc::Server& server, LaneApi& api);

}  // namespace bordergate::lane
