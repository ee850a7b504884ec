// A real gRPC server in the lane's place.
#pragma once

#include <mutex>
#include <set>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/server.h"
#include "services/camera/testing/pipeline_fixture.h"

namespace bordergate::camera {

// A lane that takes reads, answers only when told to, and counts signs of life.
class FakeLane {
 public:
  FakeLane(const RpcConfig& config, Telemetry& telemetry, const Clock& clock, std::atomic<bool>& answers)
      : server_(config, telemetry, clock) {
    Refuse<lane::v1::lane_service::ListLanes, lane::v1::lane_service::OpenBarrier,
           lane::v1::lane_service::RefuseVehicle, lane::v1::lane_service::SetLaneMode,
           lane::v1::lane_service::PutCheckpointRule, lane::v1::lane_service::TryCheckpointRule,
           lane::v1::lane_service::ListCheckpointRules, lane::v1::lane_service::GetEvidence>();
    RefuseStream<lane::v1::lane_service::WatchLanes, lane::v1::lane_service::WatchDecisions,
                 lane::v1::lane_service::Watch>();
    server_.AddConversation<lane::v1::lane_service::ReportReads>(
        [this, &answers](const rpc::CallContext&, rpc::Sender<lane::v1::ReportReadsResponse> sender)
            -> Result<std::unique_ptr<rpc::Conversation<lane::v1::ReportReadsRequest>>> {
          return std::make_unique<Reports>(*this, answers, std::move(sender));
        });
    server_.Start();
  }
  int port() const { return server_.port(); }
  std::vector<std::string> reads() {
    const std::lock_guard lock(mutex_);
    return reads_;
  }
  std::set<std::string> alive() {
    const std::lock_guard lock(mutex_);
    return alive_;
  }
  std::vector<lane::v1::ContainerRead> containers() {
    const std::lock_guard lock(mutex_);
    return containers_;
  }
  Count read_count;
  Count health_count;
  Count tag_reader_count;

 private:
  class Reports final : public rpc::Conversation<lane::v1::ReportReadsRequest> {
   public:
    Reports(FakeLane& lane, std::atomic<bool>& answers, rpc::Sender<lane::v1::ReportReadsResponse> sender)
        : lane_(lane), answers_(answers), sender_(std::move(sender)) {}
    void OnMessage(const lane::v1::ReportReadsRequest& request) override {
      if (request.has_health()) {
        {
          const std::lock_guard lock(lane_.mutex_);
          lane_.alive_.insert(request.health().camera_id());
        }
        return lane_.health_count.Add();
      }
      if (request.has_tag_reader_health()) {
        const auto& health = request.tag_reader_health();
        const std::lock_guard lock(lane_.mutex_);
        lane_.alive_.insert(health.tag_reader_id() + " " + health.lane_id() + " " + health.fault_code());
        return lane_.tag_reader_count.Add();
      }
      {
        const std::lock_guard lock(lane_.mutex_);
        lane_.reads_.push_back(IdOf(request));
        if (request.has_container()) lane_.containers_.push_back(request.container());
      }
      if (answers_) {
        lane::v1::ReportReadsResponse response;
        response.set_read_id(IdOf(request));
        response.set_accepted(true);
        sender_.Send(response);
      }
      lane_.read_count.Add();
    }

   private:
    static std::string IdOf(const lane::v1::ReportReadsRequest& request) {
      if (request.has_container()) return request.container().read_id();
      return request.has_tag() ? request.tag().read_id() : request.read().read_id();
    }
    FakeLane& lane_;
    std::atomic<bool>& answers_;
    rpc::Sender<lane::v1::ReportReadsResponse> sender_;
  };
  template <class... M>
  void Refuse() {
    (server_.Add<M>([](const rpc::CallContext&, const typename M::Request&) -> Result<typename M::Response> {
      return Error(kInternal, "not part of this test");
    }),
     ...);
  }
  template <class... M>
  void RefuseStream() {
    (server_.AddStream<M>([](const auto&, const typename M::Request&, auto&) -> Result<void> { return {}; }),
     ...);
  }

  std::mutex mutex_;
  std::vector<std::string> reads_;
  std::vector<lane::v1::ContainerRead> containers_;
  std::set<std::string> alive_;
  rpc::Server server_;
};

}  // namespace bordergate::camera
