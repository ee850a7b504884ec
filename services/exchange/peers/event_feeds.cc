#include "services/exchange/peers/event_feeds.h"

#include "bordergate/customs/v1/customs_service.rpc.h"
#include "bordergate/fee/v1/fee_service.rpc.h"
#include "bordergate/lane/v1/lane_service.rpc.h"
#include "bordergate/vehicle/v1/vehicle_service.rpc.h"
#include "bordergate/yard/v1/yard_service.rpc.h"

#include "libs/rpc/consume.h"
#include "services/exchange/peers/deliver.h"

namespace bordergate::exchange {
struct EventFeeds::Feed {
  virtual ~Feed() = default;

  template <class M>
  struct Of;
};

template <class M>
struct EventFeeds::Feed::Of final : EventFeeds::Feed {
  Of(const std::string& service, const std::string& address, const TlsConfig& tls,
     UnitOfWork<ExchangeStore>& exchange, rpc::Bell& bell, Telemetry& telemetry, const Clock& clock)
      : channel(service, address, tls),
        subscription(channel, telemetry, clock, MakeConsumer(service, exchange, bell, clock)) {}

  static typename rpc::Subscription<M>::Consumer MakeConsumer(const std::string& service,
                                                              UnitOfWork<ExchangeStore>& exchange,
                                                              rpc::Bell& bell, const Clock& clock) {
    auto consumer = rpc::ConsumeInto<M>(
        exchange, clock, service,
        [service](ExchangeStore& store, const auto& event) { return Deliver(store, service, event); });
    consumer.apply = [apply = std::move(consumer.apply), &bell](const auto& events, int64_t head) {
      const Result<void> applied = apply(events, head);
      if (applied) bell.Ring();
      return applied;
    };
    return consumer;
  }

  rpc::Channel channel;
  rpc::Subscription<M> subscription;
};

EventFeeds::EventFeeds(const PeersConfig& peers, const TlsConfig& tls, UnitOfWork<ExchangeStore>& exchange,
                       rpc::Bell& bell, Telemetry& telemetry, const Clock& clock) {
  auto follow = [&]<class M>(std::type_identity<M>, const std::string& service, const std::string& address) {
    feeds_.push_back(std::make_unique<Feed::Of<M>>(service, address, tls, exchange, bell, telemetry, clock));
  };
  follow(std::type_identity<vehicle::v1::vehicle_service::Watch>(), "vehicle", peers.vehicle);
  follow(std::type_identity<customs::v1::customs_service::Watch>(), "customs", peers.customs);
  follow(std::type_identity<fee::v1::fee_service::Watch>(), "fee", peers.fee);
  follow(std::type_identity<yard::v1::yard_service::Watch>(), "yard", peers.yard);
  follow(std::type_identity<lane::v1::lane_service::Watch>(), "lane", peers.lane);
}

EventFeeds::~EventFeeds() = default;

}  // namespace bordergate::exchange
