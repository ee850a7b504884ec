// Goal: a slip on its way from the camera's stream to the arm: verified with a public key from disk, and
// nothing else. Method: the whole service in this process, as in lane_service_test.cc; slips are signed as
// customs signs them.
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/slip/slip.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_service_fixture.h"

namespace bordergate::lane {
namespace {

TEST_F(LaneServiceTest, LetsATruckWithoutAReadablePlateInByItsSlipAlone) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  const auto now = std::chrono::floor<seconds>(gate_.clock.Now());
  const Slip slip{.key_id = "test-key",
                  .trip_id = "trip_1",
                  .gate_id = "huu-nghi",
                  .plate = "29C12345",
                  .trailer_plate = "",
                  .is_export = true,
                  .valid_from = now - std::chrono::minutes(5),
                  .valid_until = now + std::chrono::hours(1)};
  const auto show = [&](const std::string& text) {
    const std::lock_guard lock(camera_mutex_);
    return camera_.Show(kLane, text);
  };
  DriveUp("29C-123.45");
  // Signed with a key that is not customs', then with customs'.
  EXPECT_TRUE(show(SignSlip(slip, std::string(32, 'x'))).accepted());
  const v1::Decision decision = gate_.WaitForEvent("decision.made").decision();
  EXPECT_EQ(decision.outcome(), v1::Decision::OUTCOME_ASK);
  EXPECT_EQ(decision.reasons(0).code(), cause::kSlipForged);
  EXPECT_EQ(pulses(), 0);
  gate_.controller().With([](LaneModel& model) { model.trucks().front().reversing = true; });
  gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return !lane.arming_loop(); });

  DriveUp("29C-123.45");
  EXPECT_TRUE(show(SignSlip(slip, gate_.pki.assertion_seed())).accepted());
  const v1::Passage passage = gate_.WaitForEvent("passage.completed").passage();
  EXPECT_EQ(passage.trip_id(), "trip_1");
  EXPECT_EQ(passage.kind(), v1::Passage::KIND_AUTOMATIC);
  EXPECT_EQ(pulses(), 1);
}

}  // namespace
}  // namespace bordergate::lane
