#include "services/report/peers/event_feeds.h"

#include "bordergate/customs/v1/customs_service.rpc.h"
#include "bordergate/fee/v1/fee_service.rpc.h"
#include "bordergate/lane/v1/lane_service.rpc.h"
#include "bordergate/yard/v1/yard_service.rpc.h"

#include "libs/rpc/consume.h"
#include "services/report/peers/effects.h"

namespace bordergate::report {
namespace {

template <class M>
struct Feed {
  Feed(const std::string& service, const std::string& address, const TlsConfig& tls,
       UnitOfWork<ReportStore>& reports, Telemetry& telemetry, const Clock& clock)
      : channel(service, address, tls),
        subscription(channel, telemetry, clock,
                     rpc::ConsumeInto<M>(reports, clock, service, [](ReportStore& store, const auto& event) {
                       return Apply(store, event);
                     })) {}
  rpc::Channel channel;
  rpc::Subscription<M> subscription;
};

}  // namespace

struct EventFeeds::State {
  State(const PeersConfig& peers, const TlsConfig& tls, UnitOfWork<ReportStore>& reports,
        Telemetry& telemetry, const Clock& clock)
      : customs("customs", peers.customs, tls, reports, telemetry, clock),
        fee("fee", peers.fee, tls, reports, telemetry, clock),
        yard("yard", peers.yard, tls, reports, telemetry, clock),
        lane("lane", peers.lane, tls, reports, telemetry, clock) {}

  Feed<customs::v1::customs_service::Watch> customs;
  Feed<fee::v1::fee_service::Watch> fee;
  Feed<yard::v1::yard_service::Watch> yard;
  Feed<lane::v1::lane_service::Watch> lane;
};

EventFeeds::EventFeeds(const PeersConfig& peers, const TlsConfig& tls, UnitOfWork<ReportStore>& reports,
                       Telemetry& telemetry, const Clock& clock)
    : state_(std::make_unique<State>(peers, tls, reports, telemetry, clock)) {}

EventFeeds::~EventFeeds() = default;

std::optional<milliseconds> EventFeeds::OldestAge() const {
  const milliseconds oldest = std::max({state_->customs.subscription.age(), state_->fee.subscription.age(),
                                        state_->yard.subscription.age(), state_->lane.subscription.age()});
  if (oldest == milliseconds::max()) return std::nullopt;
  return oldest;
}

}  // namespace bordergate::report
