// Goal: a channel notices soon that its peer fell silent, and finds it soon after it is back or its name is
// known, however long that took; an idle peer is not taken for a silent one.
// Method: a server behind a wire that swallows every byte; a name server of our own that knows nothing, or
// says nothing, at first.
#include "libs/rpc/liveness.h"

#include <thread>

#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/testing/name_server.h"
#include "libs/rpc/testing/slow_wire.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

using Habit = NameServer::Habit;

// The bounds of liveness.h, and a second for a busy machine.
constexpr seconds kNoticeMax{5};
constexpr seconds kNameMax{7};
constexpr seconds kPatience{20};

class Liveness : public testing::TestWithParam<Habit> {
 protected:
  Liveness() { server_.Start(); }

  std::unique_ptr<Channel> To(const std::string& address) const {
    return std::make_unique<Channel>("lane", address, pki_.MakeCertificate("gateway"));
  }
  // How long it takes until the channel is connected or is not; fails the test after kPatience.
  milliseconds TimeUntil(const Channel& channel, bool connected) const {
    const SteadyInstant start = clock_.SteadyNow();
    while (channel.connected() != connected && clock_.SteadyNow() < start + kPatience)
      std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(channel.connected(), connected);
    return std::chrono::duration_cast<milliseconds>(clock_.SteadyNow() - start);
  }

  const SystemClock clock_;
  const TestPki pki_;
  Telemetry telemetry_{"lane", "error"};
  Server server_{pki_.MakeRpcConfig("lane"), telemetry_, clock_};
};

TEST_P(Liveness, HoldsNoCallForANameThatIsNotKnownAndAsksAgain) {
  NameServer names(GetParam());
  const auto channel = To(names.AddressOf(server_.port()));
  const auto lanes =
      channel->Call<lane::v1::lane_service::ListLanes>(CallOptions::Own(clock_, seconds(30)), {});
  ASSERT_FALSE(lanes);
  EXPECT_EQ(lanes.error().reason(), "SERVICE_UNAVAILABLE");
  names.TakeUp(Habit::kAnswers);
  TimeUntil(*channel, true);
}

INSTANTIATE_TEST_SUITE_P(Habits, Liveness, testing::Values(Habit::kSilent, Habit::kKnowsNobody));

TEST_F(Liveness, FindsANameSoonHoweverLongItWasNotKnown) {
  NameServer names(Habit::kKnowsNobody);
  const auto channel = To(names.AddressOf(server_.port()));
  // Calls as a subscription makes them. gRPC by itself would wait 8 s or more after the sixth question.
  std::jthread caller([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      (void)channel->Call<lane::v1::lane_service::ListLanes>(CallOptions::Own(clock_, seconds(5)), {});
      std::this_thread::sleep_for(milliseconds(200));
    }
  });
  names.WaitUntilAsked(6);
  caller.request_stop();
  caller.join();
  names.TakeUp(Habit::kAnswers);
  EXPECT_LT(TimeUntil(*channel, true), kNameMax);
}

TEST_F(Liveness, NoticesAPeerThatFallsSilentAndFindsItAgain) {
  SlowWire wire(server_.port());
  const auto channel = To(wire.address());
  TimeUntil(*channel, true);
  wire.silent = true;
  EXPECT_LT(TimeUntil(*channel, false), kNoticeMax);
  wire.silent = false;
  TimeUntil(*channel, true);
}

}  // namespace
}  // namespace bordergate::rpc
