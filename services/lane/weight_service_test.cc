// Goal: what the scale says of an empty truck decides, is shown, and is kept with decision and passage.
// Method: the whole service in this process, as in lane_service_test.cc, with a scale on the wire.
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_service_fixture.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;

class LaneWeightTest : public LaneServiceTest {
 protected:
  LaneWeightTest() : channel_(gate_.As("gateway")) {
    gate_.scale().Set(0, {1, 0, 0});
    gate_.peers.Register("29C-123.45", 14'500);
    gate_.peers.Declare("trip_1", "29C-123.45", "huu-nghi", true, true);
    v1::PutCheckpointRuleRequest request;
    request.set_request_id("request-1");
    request.set_checkpoint_id("huu-nghi-export");
    request.set_cleared_required(true);
    request.set_confidence_min(0.85);
    request.set_reason("empty trucks are weighed");
    request.set_weight_tolerance_kg(40);
    const auto centre = gate_.For("person_1", common::v1::ROLE_MANAGEMENT_CENTRE);
    EXPECT_TRUE(channel_->Call<methods::PutCheckpointRule>(centre, request).error().Is(kInvalidField));
    request.set_weight_tolerance_kg(300);
    request.set_request_id("request-2");
    const auto put = channel_->Call<methods::PutCheckpointRule>(centre, request);
    EXPECT_EQ(put->checkpoint_rule().weight_tolerance_kg(), 300);
  }

  const std::unique_ptr<rpc::Channel> channel_;
};

TEST_F(LaneWeightTest, OpensWhenTheWeightFitsAndKeepsIt) {
  DriveUp("29C-123.45");
  gate_.scale().Set(0, {1, 0, 14'600});
  Read("29C-123.45");
  const v1::Decision decision = gate_.WaitForEvent("decision.made").decision();
  EXPECT_EQ(decision.outcome(), v1::Decision::OUTCOME_OPEN);
  EXPECT_EQ(decision.weight_kg(), 14'600);
  EXPECT_EQ(decision.expected_weight_kg(), 14'500);
  EXPECT_EQ(gate_.WaitForEvent("passage.completed").passage().weight_kg(), 14'600);
  EXPECT_EQ(pulses(), 1);
}

TEST_F(LaneWeightTest, AsksAnOfficerWhenItDoesNotAndShowsWhy) {
  DriveUp("29C-123.45");
  gate_.scale().Set(0, {1, 0, 15'500});
  Read("29C-123.45");
  const v1::Lane lane =
      gate_.WaitForLane(kLane, [](const v1::Lane& one) { return one.state() == v1::LANE_STATE_ASKING; });
  EXPECT_EQ(lane.weight_kg(), 15'500);
  EXPECT_EQ(lane.decision().reasons(0).code(), cause::kWeightMismatch);
  EXPECT_EQ(lane.decision().reasons(0).params().at("expected_kg"), "14500");
  EXPECT_EQ(pulses(), 0);
}

TEST_F(LaneWeightTest, AsksWhenTheScaleIsDead) {
  gate_.scale().fault = RegisterServer::Fault::kSilent;
  gate_.WaitForLane(kLane, [](const v1::Lane& one) {
    return std::ranges::any_of(
        one.inputs(), [](const v1::Input& input) { return input.name() == "scale" && !input.fresh(); });
  });
  DriveUp("29C-123.45");
  Read("29C-123.45");
  const v1::Lane lane =
      gate_.WaitForLane(kLane, [](const v1::Lane& one) { return one.state() == v1::LANE_STATE_ASKING; });
  EXPECT_EQ(lane.decision().reasons(0).code(), cause::kScaleSilent);
  EXPECT_EQ(pulses(), 0);
}

}  // namespace
}  // namespace bordergate::lane
