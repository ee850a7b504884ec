// Goal: agencies work in parallel, each on its own step, and a trip is cleared exactly when all have
// confirmed. Method: small workflows, acts in every order, and many random orders with a seed.
#include "services/customs/domain/step_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "libs/testing/manual_clock.h"
#include "services/customs/domain/reasons.h"
#include "services/customs/domain/viewer.h"
#include "services/customs/domain/workflow.h"
#include "services/customs/testing/trip_forms.h"

namespace bordergate::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const Instant kStepTime = ManualClock().Now();

WorkflowStep MakeStep(const std::string& id, const std::string& role, std::vector<std::string> after = {}) {
  return {.step_id = id,
          .role = role,
          .after = std::move(after),
          .title_vi = "Bước",
          .title_en = "Step",
          .title_zh = "步"};
}

// Health and border guard in parallel, quarantine for fresh goods, customs last.
Workflow GateWorkflow() {
  Workflow workflow{
      .gate_id = "huu-nghi",
      .direction = Direction::kExport,
      .version = 3,
      .steps = {MakeStep("health", "ROLE_HEALTH"), MakeStep("quarantine", "ROLE_QUARANTINE", {"health"}),
                MakeStep("guard", "ROLE_BORDER_GUARD"), MakeStep("customs", "ROLE_CUSTOMS")},
      .reason = "quy trình thử"};
  workflow.steps[1].perishable_only = true;
  PutCustomsLast(workflow);
  return workflow;
}

Officer OfficerOf(const std::string& role) { return {"person_" + role, "Cán bộ " + role, {role}}; }

Trip DeclaredTrip(const std::string& hs_code = "08106000") {
  Trip trip = GoodForm(kStepTime);
  trip.goods[0].hs_code = hs_code;
  trip.perishable = IsPerishable(trip.goods);
  trip.steps = StepsFor(GateWorkflow(), trip);
  return trip;
}

StepState StateOf(const Trip& trip, const std::string& step_id) {
  for (const Step& step : trip.steps) {
    if (step.step_id == step_id) return step.state;
  }
  ADD_FAILURE() << step_id;
  return StepState::kBlocked;
}

std::vector<std::string> WorkflowFaults(const Workflow& workflow) {
  FieldChecks checks;
  CheckWorkflow(workflow, checks);
  std::vector<std::string> faults;
  const auto done = checks.Done();
  if (done) return faults;
  for (const FieldViolation& fault : done.error().fields())
    faults.push_back(fault.field + " " + fault.reason);
  return faults;
}

TEST(Workflow, PutsCustomsAfterEverybodyByDefault) {
  EXPECT_THAT(GateWorkflow().steps[3].after, ElementsAre("health", "quarantine", "guard"));
}

TEST(Workflow, LeavesCustomsWhereTheGateWantsIt) {
  Workflow workflow = GateWorkflow();
  workflow.steps[3].after = {"guard"};
  PutCustomsLast(workflow);
  EXPECT_THAT(workflow.steps[3].after, ElementsAre("guard"));
  // A gate where quarantine looks after customs: no cycle is made.
  workflow.steps[3].after.clear();
  workflow.steps[1].after = {"customs"};
  PutCustomsLast(workflow);
  EXPECT_THAT(workflow.steps[3].after, ElementsAre("health", "guard"));
  EXPECT_THAT(WorkflowFaults(workflow), IsEmpty());
}

TEST(Workflow, LeavesOutStepsThatDoNotApplyAndSeesThroughThem) {
  const Trip ore = DeclaredTrip("26011100");
  ASSERT_EQ(ore.steps.size(), 3u);
  EXPECT_THAT(ore.steps[2].after, UnorderedElementsAre("health", "guard"));
  Workflow workflow = GateWorkflow();
  workflow.steps[3].after = {"quarantine"};
  const std::vector<Step> steps = StepsFor(workflow, ore);
  EXPECT_THAT(steps[2].after, ElementsAre("health"));
}

TEST(Workflow, AppliesStepsByRegime) {
  Workflow workflow = GateWorkflow();
  workflow.steps[0].regimes = {Regime::kTransit, Regime::kExport};
  workflow.steps[2].regimes = {Regime::kTransit};
  Trip trip = GoodForm(kStepTime);
  trip.perishable = true;
  std::vector<std::string> ids;
  for (const Step& step : StepsFor(workflow, trip)) ids.push_back(step.step_id);
  EXPECT_THAT(ids, ElementsAre("health", "quarantine", "customs"));
}

TEST(Workflow, RefusesCyclesStrangersAndTripsWithoutSteps) {
  Workflow workflow = GateWorkflow();
  workflow.steps[0].after = {"customs"};
  EXPECT_THAT(WorkflowFaults(workflow), ElementsAre("steps[0].after_step_ids WORKFLOW_HAS_CYCLE",
                                                    "steps[1].after_step_ids WORKFLOW_HAS_CYCLE",
                                                    "steps[3].after_step_ids WORKFLOW_HAS_CYCLE"));
  workflow = GateWorkflow();
  workflow.steps[0].after = {"nobody"};
  workflow.steps[0].role = "ROLE_ENTERPRISE";
  workflow.steps[2].step_id = "health";
  workflow.steps[2].regimes = {std::nullopt};
  workflow.steps[3].after.clear();
  EXPECT_THAT(WorkflowFaults(workflow),
              ElementsAre("steps[0].role STEP_ROLE_UNKNOWN", "steps[0].after_step_ids[0] STEP_UNKNOWN",
                          "steps[2].step_id STEP_REPEATED", "steps[2].regimes[0] REGIME_UNKNOWN"));
  workflow.steps = {MakeStep("quarantine", "ROLE_QUARANTINE")};
  workflow.steps[0].perishable_only = true;
  EXPECT_THAT(WorkflowFaults(workflow), ElementsAre("steps WORKFLOW_MAY_BE_EMPTY"));
}

TEST(Step, IsConfirmedByItsOwnAgencyOnly) {
  Trip trip = DeclaredTrip();
  const Error error = ConfirmStep(trip, "health", OfficerOf("ROLE_CUSTOMS"), "", kStepTime).error();
  EXPECT_TRUE(error.Is(kStepNotYours));
  EXPECT_EQ(error.metadata().at("role"), "ROLE_HEALTH");
  EXPECT_TRUE(
      HoldStep(trip, "health", OfficerOf("ROLE_CUSTOMS"), "vì sao", kStepTime).error().Is(kStepNotYours));
  EXPECT_TRUE(
      ConfirmStep(trip, "nothing", OfficerOf("ROLE_CUSTOMS"), "", kStepTime).error().Is(kStepNotFound));
  EXPECT_EQ(StateOf(trip, "health"), StepState::kOpen);
}

TEST(Step, WaitsForTheStepsBeforeIt) {
  Trip trip = DeclaredTrip();
  const Error error = ConfirmStep(trip, "customs", OfficerOf("ROLE_CUSTOMS"), "", kStepTime).error();
  EXPECT_TRUE(error.Is(kStepBlocked));
  EXPECT_EQ(error.metadata().at("waits_for"), "health,quarantine,guard");
  ASSERT_TRUE(ConfirmStep(trip, "health", OfficerOf("ROLE_HEALTH"), "", kStepTime).value());
  EXPECT_EQ(StateOf(trip, "quarantine"), StepState::kOpen);
  EXPECT_EQ(StateOf(trip, "customs"), StepState::kBlocked);
}

TEST(Step, StaysAsFirstConfirmed) {
  Trip trip = DeclaredTrip();
  ASSERT_TRUE(ConfirmStep(trip, "health", OfficerOf("ROLE_HEALTH"), "đủ", kStepTime).value());
  EXPECT_FALSE(
      ConfirmStep(trip, "health", {"person_2", "Người khác", {"ROLE_HEALTH"}}, "", kStepTime + seconds(5))
          .value());
  EXPECT_EQ(trip.steps[0].acted_by, "person_ROLE_HEALTH");
  EXPECT_EQ(trip.steps[0].act_time, kStepTime);
  EXPECT_EQ(trip.steps[0].remark, "đủ");
}

TEST(Trip, IsClearedByTheLastConfirmationAndHeldByAnyHold) {
  Trip trip = DeclaredTrip();
  for (const auto& [step, role] : std::vector<std::pair<std::string, std::string>>{
           {"health", "ROLE_HEALTH"}, {"quarantine", "ROLE_QUARANTINE"}, {"guard", "ROLE_BORDER_GUARD"}}) {
    ASSERT_TRUE(ConfirmStep(trip, step, OfficerOf(role), "", kStepTime).value());
    EXPECT_EQ(trip.state, TripState::kDeclared);
  }
  ASSERT_TRUE(ConfirmStep(trip, "customs", OfficerOf("ROLE_CUSTOMS"), "", kStepTime).value());
  EXPECT_EQ(trip.state, TripState::kCleared);
  EXPECT_EQ(trip.clear_time, kStepTime);

  // A hold of what was confirmed wins, and customs' own confirmation stays.
  ASSERT_TRUE(HoldStep(trip, "guard", OfficerOf("ROLE_BORDER_GUARD"), "nghi vấn", kStepTime).value());
  EXPECT_EQ(trip.state, TripState::kHeld);
  EXPECT_EQ(trip.clear_time, std::nullopt);
  EXPECT_TRUE(
      ConfirmStep(trip, "guard", OfficerOf("ROLE_BORDER_GUARD"), "", kStepTime).error().Is(kStepHeld));
  ASSERT_TRUE(ReleaseStep(trip, "guard", OfficerOf("ROLE_BORDER_GUARD"), "đã rõ", kStepTime).value());
  EXPECT_EQ(trip.state, TripState::kDeclared);
  EXPECT_TRUE(
      ReleaseStep(trip, "guard", OfficerOf("ROLE_BORDER_GUARD"), "", kStepTime).error().Is(kStepNotHeld));
  ASSERT_TRUE(ConfirmStep(trip, "guard", OfficerOf("ROLE_BORDER_GUARD"), "", kStepTime + seconds(9)).value());
  EXPECT_EQ(trip.state, TripState::kCleared);
  EXPECT_EQ(trip.clear_time, kStepTime + seconds(9));
}

TEST(Trip, IsHeldAtABlockedStepToo) {
  Trip trip = DeclaredTrip();
  ASSERT_TRUE(HoldStep(trip, "customs", OfficerOf("ROLE_CUSTOMS"), "kiểm hoá", kStepTime).value());
  EXPECT_EQ(trip.state, TripState::kHeld);
  EXPECT_TRUE(ConfirmStep(trip, "health", OfficerOf("ROLE_HEALTH"), "", kStepTime).value());
  ASSERT_TRUE(ReleaseStep(trip, "customs", OfficerOf("ROLE_CUSTOMS"), "xong", kStepTime).value());
  EXPECT_EQ(StateOf(trip, "customs"), StepState::kBlocked);
}

TEST(Trip, TakesNoActsOnceItIsOver) {
  Trip trip = DeclaredTrip();
  ASSERT_TRUE(CancelTrip(trip, "khách đổi ý").value());
  EXPECT_FALSE(CancelTrip(trip, "lần nữa").value());
  EXPECT_EQ(trip.cancel_reason, "khách đổi ý");
  EXPECT_TRUE(ConfirmStep(trip, "health", OfficerOf("ROLE_HEALTH"), "", kStepTime).error().Is(kTripClosed));
  // What a lane saw is recorded all the same, once.
  EXPECT_TRUE(CrossTrip(trip, kStepTime));
  EXPECT_FALSE(CrossTrip(trip, kStepTime + seconds(1)));
  EXPECT_EQ(trip.cross_time, kStepTime);
  EXPECT_TRUE(CancelTrip(trip, "muộn").error().Is(kTripAlreadyCrossed));
}

// Whatever agencies do and in which order: the state is what the steps say, and nobody confirmed out of
// order.
TEST(Trip, IsWhatItsStepsSayAfterAnyActs) {
  const std::vector<std::string> roles = {"ROLE_HEALTH", "ROLE_QUARANTINE", "ROLE_BORDER_GUARD",
                                          "ROLE_CUSTOMS"};
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SeededRandom random(seed);
    Trip trip = DeclaredTrip();
    for (int act = 0; act < 40; ++act) {
      const Step before = trip.steps[random.Below(trip.steps.size())];
      const Officer officer = OfficerOf(roles[random.Below(roles.size())]);
      Result<bool> done = false;
      const uint64_t verb = random.Below(4);
      if (verb <= 1) done = ConfirmStep(trip, before.step_id, officer, "", kStepTime);
      if (verb == 2) done = HoldStep(trip, before.step_id, officer, "giữ", kStepTime);
      if (verb == 3) done = ReleaseStep(trip, before.step_id, officer, "thả", kStepTime);
      if (done && *done) {
        EXPECT_EQ(officer.roles[0], before.role) << "seed " << seed;
        EXPECT_TRUE(verb > 1 || before.state == StepState::kOpen) << "seed " << seed;
      }
      bool all_confirmed = true;
      bool any_held = false;
      for (const Step& step : trip.steps) {
        all_confirmed = all_confirmed && step.state == StepState::kConfirmed;
        any_held = any_held || step.state == StepState::kHeld;
      }
      const TripState expected = all_confirmed ? TripState::kCleared
                                 : any_held    ? TripState::kHeld
                                               : TripState::kDeclared;
      ASSERT_EQ(trip.state, expected) << "seed " << seed;
      ASSERT_EQ(trip.clear_time.has_value(), all_confirmed) << "seed " << seed;
    }
  }
}

TEST(Viewer, SeesOwnTripsOrThoseOfTheirGates) {
  Trip trip = DeclaredTrip();
  EXPECT_TRUE((Viewer{.enterprise_id = Id<Enterprise>("enterprise_1")}).MaySee(trip));
  EXPECT_FALSE((Viewer{.enterprise_id = Id<Enterprise>("enterprise_2")}).MaySee(trip));
  EXPECT_TRUE((Viewer{.gate_ids = {}}).MaySee(trip));
  EXPECT_TRUE((Viewer{.gate_ids = {"tan-thanh", "huu-nghi"}}).MaySee(trip));
  EXPECT_FALSE((Viewer{.gate_ids = {"tan-thanh"}}).MaySee(trip));
}

TEST(Viewer, IsShownWhatTheirWorkNeeds) {
  const auto shown = [](const std::string& role) {
    Trip trip = DeclaredTrip();
    HideFrom({.roles = {role}}, trip);
    return trip;
  };
  EXPECT_THAT(shown("ROLE_HEALTH").goods, IsEmpty());
  EXPECT_EQ(shown("ROLE_HEALTH").quarantine.driver_temperature_decicelsius, 366);
  EXPECT_EQ(shown("ROLE_QUARANTINE").goods.at(0).value_minor, 0);
  EXPECT_EQ(shown("ROLE_QUARANTINE").goods.at(0).description, "Sầu riêng tươi");
  EXPECT_EQ(shown("ROLE_CUSTOMS").goods.at(0).value_minor, 1'500'000'000);
  EXPECT_EQ(shown("ROLE_CUSTOMS").quarantine.driver_temperature_decicelsius, 0);
}

}  // namespace
}  // namespace bordergate::customs
