#include "services/lane/peers/feeds.h"

#include "bordergate/customs/v1/customs_service.rpc.h"
#include "bordergate/fee/v1/fee_service.rpc.h"
#include "bordergate/vehicle/v1/vehicle_service.rpc.h"
#include "bordergate/yard/v1/yard_service.rpc.h"

#include "libs/rpc/watch.h"
#include "services/lane/peers/facts.h"

namespace bordergate::lane {
namespace {

// One service's events into the table.
template <class M>
class Feed {
 public:
  Feed(Source source, const std::string& address, const TlsConfig& tls, AdmissionFeed& feed,
       Telemetry& telemetry, const Clock& clock)
      : channel_(std::string(SourceName(source)), address, tls),
        subscription_(channel_, telemetry, clock, ConsumerOf(source, feed, clock)) {}

 private:
  using Events = std::vector<typename rpc::Subscription<M>::Event>;

  static typename rpc::Subscription<M>::Consumer ConsumerOf(Source source, AdmissionFeed& feed,
                                                            const Clock& clock) {
    // The stream has told everything that there was: what it tells from now on has just happened.
    const auto live = std::make_shared<bool>(false);
    return {.load =
                [source, &feed, live] {
                  *live = false;
                  return feed.AppliedSequence(source);
                },
            .apply = [source, &feed, &clock, live](const Events& events, int64_t head) -> Result<void> {
              const Moment received = NowOf(clock);
              const auto& last = events.back().header();
              if (*live && last.sequence() == head)
                feed.Dated(source, rpc::ToInstant(last.event_time()), received);
              std::vector<AdmissionChange> changes;
              for (const auto& event : events) {
                if (auto change = ToFact(event)) changes.push_back(*std::move(change));
              }
              return feed.Apply(source, changes, events.back().header().sequence());
            },
            .on_caught_up =
                [source, &feed, &clock, live](int64_t) {
                  *live = true;
                  feed.CaughtUp(source, NowOf(clock));
                }};
  }

  rpc::Channel channel_;
  rpc::Subscription<M> subscription_;
};

}  // namespace

struct Feeds::Streams {
  Feed<customs::v1::customs_service::Watch> customs;
  Feed<fee::v1::fee_service::Watch> fee;
  Feed<yard::v1::yard_service::Watch> yard;
  Feed<vehicle::v1::vehicle_service::Watch> vehicle;
};

Feeds::Feeds(const PeerAddresses& peers, const TlsConfig& tls, AdmissionFeed& feed, Telemetry& telemetry,
             const Clock& clock)
    : streams_(new Streams{{Source::kCustoms, peers.customs, tls, feed, telemetry, clock},
                           {Source::kFee, peers.fee, tls, feed, telemetry, clock},
                           {Source::kYard, peers.yard, tls, feed, telemetry, clock},
                           {Source::kVehicle, peers.vehicle, tls, feed, telemetry, clock}}) {}

Feeds::~Feeds() = default;

}  // namespace bordergate::lane
