// Goal: every event is applied once and in order, whatever the stream does. Method: an event source in
// memory, real streams that break, a consumer that fails now and then.
#include <future>

#include <gtest/gtest.h>

#include "bordergate/vehicle/v1/vehicle_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/watch.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

namespace vehicle_v1 = vehicle::v1;
namespace vehicle_methods = vehicle::v1::vehicle_service;

class MemorySource final : public EventSource {
 public:
  void Append(const std::string& plate) {
    vehicle_v1::VehicleEvent event;
    event.mutable_watch_list_entry()->mutable_plate()->set_normalised(plate);
    const std::lock_guard lock(mutex_);
    events_.push_back({.sequence = static_cast<int64_t>(events_.size()) + 1,
                       .kind = "watch_list.entry_added",
                       .actor = "person_1",
                       .trace_id = {},
                       .time = {},
                       .body = event.SerializeAsString()});
    changed_.notify_all();
  }
  Result<std::vector<StoredEvent>> ReadAfter(int64_t after, int count_max) override {
    const std::lock_guard lock(mutex_);
    const auto from = events_.begin() + std::min<int64_t>(after, static_cast<int64_t>(events_.size()));
    return std::vector<StoredEvent>(from, from + std::min<int64_t>(count_max, events_.end() - from));
  }
  int64_t WaitBeyond(int64_t sequence, milliseconds at_most) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most, [&] { return static_cast<int64_t>(events_.size()) > sequence; });
    return static_cast<int64_t>(events_.size());
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<StoredEvent> events_;
};

// Serves Watch alone; the other methods of the service do not matter here.
class WatchServer {
 public:
  WatchServer(const RpcConfig& config, Telemetry& telemetry, const Clock& clock, EventSource& source)
      : server_(config, telemetry, clock) {
    RefuseAll<vehicle_methods::RegisterEnterprise, vehicle_methods::GetEnterprise,
              vehicle_methods::RegisterVehicle, vehicle_methods::GetVehicle, vehicle_methods::FindVehicle,
              vehicle_methods::ListVehicles, vehicle_methods::RegisterDriver, vehicle_methods::GetDriver,
              vehicle_methods::ListDrivers, vehicle_methods::AddWatchListEntry,
              vehicle_methods::RemoveWatchListEntry, vehicle_methods::ListWatchList,
              vehicle_methods::SetVehicleTag>();
    server_.AddStream<vehicle_methods::Watch>(
        [&source](const auto&, const vehicle_v1::WatchRequest& request, auto& writer) {
          return ServeWatch<vehicle_methods::Watch>(source, request, writer);
        });
    server_.Start();
  }
  int port() const { return server_.port(); }

 private:
  template <class... M>
  void RefuseAll() {
    (server_.Add<M>([](const CallContext&, const typename M::Request&) -> Result<typename M::Response> {
      return Error(kInternal, "not part of this test");
    }),
     ...);
  }
  Server server_;
};

class SubscriptionTest : public ::testing::Test {
 protected:
  std::unique_ptr<WatchServer> Serve(RpcConfig config) {
    return std::make_unique<WatchServer>(config, telemetry_, clock_, source_);
  }

  Subscription<vehicle_methods::Watch>::Consumer MakeConsumer() {
    return {.load = [this]() -> Result<int64_t> { return static_cast<int64_t>(Applied().size()); },
            .apply = [this](const std::vector<vehicle_v1::VehicleEvent>& events, int64_t) -> Result<void> {
              const std::lock_guard lock(mutex_);
              if (fail_next_) {
                fail_next_ = false;
                return Error(kServiceUnavailable, "the database went away");
              }
              for (const auto& event : events)
                applied_.push_back(event.watch_list_entry().plate().normalised());
              changed_.notify_all();
              return {};
            },
            .on_caught_up = {}};
  }

  std::vector<std::string> Applied() {
    const std::lock_guard lock(mutex_);
    return applied_;
  }
  void AwaitCount(size_t count) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(changed_.wait_for(lock, seconds(20), [&] { return applied_.size() >= count; }));
  }
  void ExpectInOrder(int count) {
    const auto applied = Applied();
    ASSERT_EQ(applied.size(), static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) EXPECT_EQ(applied[static_cast<size_t>(i)], std::to_string(i));
  }

  SystemClock clock_;
  TestPki pki_;
  Telemetry telemetry_{"lane", "error"};
  MemorySource source_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> applied_;
  bool fail_next_ = false;
};

TEST_F(SubscriptionTest, AppliesWhatWasAndWhatComes) {
  for (int i = 0; i < 450; ++i) source_.Append(std::to_string(i));
  const auto server = Serve(pki_.MakeRpcConfig("vehicle"));
  Channel channel("vehicle", "127.0.0.1:" + std::to_string(server->port()), pki_.MakeCertificate("lane"));
  const Subscription<vehicle_methods::Watch> subscription(channel, telemetry_, clock_, MakeConsumer());
  AwaitCount(450);
  source_.Append("450");
  AwaitCount(451);
  ExpectInOrder(451);
  EXPECT_LT(subscription.age(), seconds(20));
}

TEST_F(SubscriptionTest, GoesOnAfterTheConsumerFailed) {
  for (int i = 0; i < 10; ++i) source_.Append(std::to_string(i));
  fail_next_ = true;
  const auto server = Serve(pki_.MakeRpcConfig("vehicle"));
  Channel channel("vehicle", "127.0.0.1:" + std::to_string(server->port()), pki_.MakeCertificate("lane"));
  const Subscription<vehicle_methods::Watch> subscription(channel, telemetry_, clock_, MakeConsumer());
  AwaitCount(10);
  ExpectInOrder(10);
}

TEST_F(SubscriptionTest, GoesOnAfterTheServerWasAway) {
  RpcConfig config = pki_.MakeRpcConfig("vehicle");
  auto server = Serve(config);
  const std::string address = "127.0.0.1:" + std::to_string(server->port());
  Channel channel("vehicle", address, pki_.MakeCertificate("lane"));
  const Subscription<vehicle_methods::Watch> subscription(channel, telemetry_, clock_, MakeConsumer());
  source_.Append("0");
  AwaitCount(1);
  server.reset();
  source_.Append("1");
  config.listen = address;
  server = Serve(config);
  AwaitCount(2);
  ExpectInOrder(2);
}

// As after the restore of an older copy: what the source numbers anew must not be taken for known.
TEST_F(SubscriptionTest, RefusesAConsumerThatKnowsMoreThanTheSource) {
  source_.Append("0");
  const auto server = Serve(pki_.MakeRpcConfig("vehicle"));
  Channel channel("vehicle", "127.0.0.1:" + std::to_string(server->port()), pki_.MakeCertificate("lane"));
  vehicle_v1::WatchRequest request;
  request.set_after_sequence(2);
  auto stream = channel.Open<vehicle_methods::Watch>(CallOptions::Own(clock_, seconds(20)), request);
  vehicle_v1::WatchResponse response;
  EXPECT_FALSE(stream.Read(&response));
  const auto end = stream.Finish();
  ASSERT_FALSE(end.has_value());
  EXPECT_TRUE(end.error().Is(kSequenceAhead)) << end.error().message();
  source_.Append("1");
  auto again = channel.Open<vehicle_methods::Watch>(CallOptions::Own(clock_, seconds(20)), request);
  EXPECT_TRUE(again.Read(&response));
  EXPECT_EQ(response.head_sequence(), 2);
  again.Cancel();
  (void)again.Finish();
}

}  // namespace
}  // namespace bordergate::rpc
