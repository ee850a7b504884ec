// Goal: a channel reaches its peer over a slow network too, and whichever of a pair listens.
// Method: a server behind a wire that holds every connection for longer than the longest pause between two
// attempts; two servers of which one is gone.
#include "libs/rpc/channel.h"

#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "libs/rpc/server.h"
#include "libs/rpc/testing/slow_wire.h"
#include "libs/testing/free_port.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

TEST(Channel, ConnectsToAPeerWhoseHandshakeIsSlow) {
  const SystemClock clock;
  const TestPki pki;
  Telemetry telemetry("lane", "error");
  Server server(pki.MakeRpcConfig("lane"), telemetry, clock);
  server.Start();
  SlowWire wire(server.port(), milliseconds(2600));
  {
    const Channel channel("lane", wire.address(), pki.MakeCertificate("gateway"));
    const SteadyInstant end = clock.SteadyNow() + seconds(15);
    while (!channel.connected() && clock.SteadyNow() < end) std::this_thread::sleep_for(milliseconds(20));
    EXPECT_TRUE(channel.connected());
  }
}

TEST(Channel, FindsTheOneOfSeveralProgramsThatListens) {
  const SystemClock clock;
  const TestPki pki;
  Telemetry telemetry("lane", "error");
  auto first = std::make_unique<Server>(pki.MakeRpcConfig("lane"), telemetry, clock);
  first->Start();
  RpcConfig second_config = pki.MakeRpcConfig("lane");
  second_config.listen = fmt::format("127.0.0.1:{}", FreePort());
  const Channel channel("lane", fmt::format("127.0.0.1:{},{}", first->port(), second_config.listen),
                        pki.MakeCertificate("gateway"));
  const auto wait_until = [&](bool connected) {
    const SteadyInstant end = clock.SteadyNow() + seconds(15);
    while (channel.connected() != connected && clock.SteadyNow() < end)
      std::this_thread::sleep_for(milliseconds(20));
    ASSERT_EQ(channel.connected(), connected);
  };
  wait_until(true);
  first.reset();
  wait_until(false);
  Server second(second_config, telemetry, clock);
  second.Start();
  wait_until(true);
}

}  // namespace
}  // namespace bordergate::rpc
