// Goal: a checkpoint's rule is data that those who may change, and that holds from the next decision on.
// Method: the whole service in this process, as in lane_service_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_service_fixture.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;
using common::v1::ROLE_AUDITOR;
using common::v1::ROLE_BORDER_GUARD;
using common::v1::ROLE_MANAGEMENT_CENTRE;

TEST_F(LaneServiceTest, FollowsANewRuleWithTheNextDecision) {
  gate_.peers.Declare("trip_1", "29C-123.45", "huu-nghi", true);
  const auto channel = gate_.As("gateway");
  v1::PutCheckpointRuleRequest request;
  request.set_request_id("request-1");
  request.set_checkpoint_id("huu-nghi-export");
  request.set_cleared_required(true);
  request.set_confidence_min(0.9);
  request.set_reason("no fee on the day of the opening");
  const auto centre = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE);
  EXPECT_TRUE(channel->Call<methods::PutCheckpointRule>(gate_.For("person_2", ROLE_BORDER_GUARD), request)
                  .error()
                  .Is(kRoleMissing));
  const auto put = channel->Call<methods::PutCheckpointRule>(centre, request);
  ASSERT_TRUE(put) << put.error().message();
  EXPECT_EQ(put->checkpoint_rule().version(), 2);
  EXPECT_EQ(channel->Call<methods::PutCheckpointRule>(centre, request)->checkpoint_rule().version(), 2);
  const auto rules = channel->Call<methods::ListCheckpointRules>(centre, {});
  EXPECT_EQ(rules->checkpoint_rules_size(), 2);
  DriveUp("29C-123.45");
  Read("29C-123.45");
  EXPECT_EQ(gate_.WaitForEvent("decision.made").decision().rule_version(), 2);
  EXPECT_EQ(pulses(), 1);
  request.set_request_id("request-2");
  request.set_checkpoint_id("nowhere-export");
  EXPECT_TRUE(channel->Call<methods::PutCheckpointRule>(centre, request).error().Is(kCheckpointNotFound));
}

TEST_F(LaneServiceTest, RefusesARuleThatWasMadeFromAnOlderVersion) {
  const auto channel = gate_.As("gateway");
  v1::PutCheckpointRuleRequest request;
  request.set_request_id("request-1");
  request.set_checkpoint_id("huu-nghi-export");
  request.set_confidence_min(0.9);
  request.set_reason("a lower limit for the rain");
  request.set_base_version(1);
  const auto first = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE, {"huu-nghi"});
  const auto elsewhere = gate_.For("person_3", ROLE_MANAGEMENT_CENTRE, {"tan-thanh"});
  EXPECT_TRUE(channel->Call<methods::PutCheckpointRule>(elsewhere, request).error().Is(kCheckpointNotFound));
  ASSERT_TRUE(channel->Call<methods::PutCheckpointRule>(first, request));
  request.set_request_id("request-2");
  const auto second = gate_.For("person_2", ROLE_MANAGEMENT_CENTRE);
  const auto late = channel->Call<methods::PutCheckpointRule>(second, request);
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().Is(kRuleChanged));
  EXPECT_EQ(late.error().metadata().at("version"), "2");
  EXPECT_EQ(late.error().metadata().at("author"), "person_1");
  request.set_base_version(2);
  EXPECT_EQ(channel->Call<methods::PutCheckpointRule>(second, request)->checkpoint_rule().version(), 3);
}

TEST_F(LaneServiceTest, TriesARuleOnTheVehiclesOfTheDayAndChangesNothing) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  Read("29C-123.45");
  const v1::LaneEvent made = gate_.WaitForEvent("decision.made");
  const auto channel = gate_.As("gateway");
  v1::TryCheckpointRuleRequest request;
  request.set_checkpoint_id("huu-nghi-export");
  request.set_cleared_required(true);
  request.set_confidence_min(0.9);
  request.set_permit_required(true);
  const auto centre = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE);
  EXPECT_TRUE(channel->Call<methods::TryCheckpointRule>(gate_.For("person_2", ROLE_BORDER_GUARD), request)
                  .error()
                  .Is(kRoleMissing));
  EXPECT_TRUE(
      channel->Call<methods::TryCheckpointRule>(gate_.For("person_4", common::v1::ROLE_ENTERPRISE), request)
          .error()
          .Is(kRoleMissing));
  EXPECT_TRUE(
      channel->Call<methods::TryCheckpointRule>(rpc::CallOptions::Own(gate_.clock, seconds(5)), request)
          .error()
          .Is(kUnauthenticated));
  for (const auto& caller : {centre, gate_.For("person_3", ROLE_AUDITOR)}) {
    const auto tried = channel->Call<methods::TryCheckpointRule>(caller, request);
    ASSERT_TRUE(tried) << tried.error().message();
    const v1::RuleTrial& trial = tried->rule_trial();
    EXPECT_EQ(trial.vehicle_count(), 1);
    EXPECT_EQ(trial.otherwise_count(), 1);
    ASSERT_EQ(trial.examples_size(), 1);
    EXPECT_EQ(trial.examples(0).decision_id(), made.decision().decision_id());
    EXPECT_EQ(trial.examples(0).was(), v1::Decision::OUTCOME_OPEN);
    EXPECT_EQ(trial.examples(0).would(), v1::Decision::OUTCOME_REFUSE);
    EXPECT_EQ(trial.examples(0).would_reasons(0).code(), "PERMIT_MISSING");
  }
  EXPECT_EQ(channel->Call<methods::ListCheckpointRules>(centre, {})->checkpoint_rules(0).version(), 1);
  v1::OpeningHours* span = request.add_opening_hours();
  span->set_open_minute(600);
  span->set_close_minute(600);
  span->add_weekdays(8);
  request.set_stay_max_h(-1);
  request.set_hours(169);
  const auto wrong = channel->Call<methods::TryCheckpointRule>(centre, request);
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().Is(kInvalidField));
  EXPECT_EQ(wrong.error().fields().size(), 4u);
  request.Clear();
  request.set_checkpoint_id("nowhere-export");
  request.set_confidence_min(0.9);
  EXPECT_TRUE(channel->Call<methods::TryCheckpointRule>(centre, request).error().Is(kCheckpointNotFound));
}

TEST_F(LaneServiceTest, KeepsEveryPartOfARule) {
  const auto channel = gate_.As("gateway");
  const auto centre = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE);
  v1::PutCheckpointRuleRequest request;
  request.set_request_id("request-1");
  request.set_checkpoint_id("huu-nghi-export");
  request.set_confidence_min(0.9);
  request.set_permit_required(true);
  request.set_stay_max_h(24);
  v1::OpeningHours* span = request.add_opening_hours();
  for (int day = 1; day <= 6; ++day) span->add_weekdays(day);
  span->set_open_minute(420);
  span->set_close_minute(1200);
  request.set_reason("hours agreed with the other side");
  ASSERT_TRUE(channel->Call<methods::PutCheckpointRule>(centre, request));
  gate_.Stop();
  gate_.Start();
  const auto again = gate_.As("gateway");
  const v1::CheckpointRule rule = again->Call<methods::ListCheckpointRules>(centre, {})->checkpoint_rules(0);
  EXPECT_EQ(rule.version(), 2);
  EXPECT_TRUE(rule.permit_required());
  EXPECT_EQ(rule.stay_max_h(), 24);
  ASSERT_EQ(rule.opening_hours_size(), 1);
  EXPECT_EQ(rule.opening_hours(0).weekdays_size(), 6);
  EXPECT_EQ(rule.opening_hours(0).close_minute(), 1200);
}

}  // namespace
}  // namespace bordergate::lane
