// Goal: what a checkpoint's rule demands beyond steps, fee and call is applied at the right hour, in the
// gate's own time, and can be tried on the past. Method: instants around the edges; two countries' clocks; a
// day on which other countries change theirs.
#include "services/lane/domain/checkpoint_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/domain/rule_trial.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

using std::chrono::hours;
using testing::ElementsAre;

constexpr std::chrono::minutes kVietnam{420}, kChina{480};
const std::vector<OpeningHours> kDaily = {{{}, 7 * 60, 20 * 60}};

Instant At(std::string_view text) { return *ParseInstant(text); }

TEST(OpeningHours, AreOfTheGatesOwnClock) {  // G10
  EXPECT_FALSE(IsOpenAt(kDaily, At("2026-11-22T06:59:59.999+07:00"), kVietnam));
  EXPECT_TRUE(IsOpenAt(kDaily, At("2026-11-22T07:00:00+07:00"), kVietnam));
  EXPECT_TRUE(IsOpenAt(kDaily, At("2026-11-22T19:59:59.999+07:00"), kVietnam));
  EXPECT_FALSE(IsOpenAt(kDaily, At("2026-11-22T20:00:00+07:00"), kVietnam));
  EXPECT_TRUE(IsOpenAt(kDaily, At("2026-11-22T07:30:00+08:00"), kChina)) << "an hour earlier than in Vietnam";
  EXPECT_FALSE(IsOpenAt(kDaily, At("2026-11-22T07:30:00+08:00"), kVietnam));
}

TEST(OpeningHours, DoNotMoveWithTheSummerTimeOfOthers) {  // G10
  for (const char* day : {"2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-11-01"}) {
    EXPECT_FALSE(IsOpenAt(kDaily, At(std::string(day) + "T06:59:00+07:00"), kVietnam)) << day;
    EXPECT_TRUE(IsOpenAt(kDaily, At(std::string(day) + "T07:00:00+07:00"), kVietnam)) << day;
  }
}

TEST(OpeningHours, KnowTheDaysOfTheWeekAndTheNextOpening) {
  const std::vector<OpeningHours> week = {{{1, 2, 3, 4, 5}, 420, 1200}, {{6}, 420, 720}};
  const Instant saturday = At("2026-11-21T12:00:00+07:00");
  EXPECT_FALSE(IsOpenAt(week, saturday, kVietnam));
  EXPECT_TRUE(IsOpenAt(week, saturday - hours(1), kVietnam));
  EXPECT_EQ(NextOpening(week, saturday, kVietnam), "2026-11-23 07:00");
  EXPECT_EQ(NextOpening(week, At("2026-11-23T05:00:00+07:00"), kVietnam), "2026-11-23 07:00");
  EXPECT_TRUE(IsOpenAt({{{}, 1320, 1440}, {{}, 0, 120}}, At("2026-11-22T00:30:00+07:00"), kVietnam))
      << "past midnight";
  EXPECT_TRUE(IsOpenAt({}, saturday, kVietnam)) << "no hours: always open";
}

TEST(OpeningHours, AreReadAsTheyWereWritten) {
  const std::vector<OpeningHours> week = {{{1, 5}, 420, 1200}, {{}, 0, 1440}};
  EXPECT_EQ(HoursText(week), "420-1200/15;0-1440");
  EXPECT_EQ(ParseHours(HoursText(week)), week);
  EXPECT_EQ(ParseHours(""), std::vector<OpeningHours>());
  for (const char* wrong : {"x", "420", "420-", "1-2/8", "1-2;"}) EXPECT_FALSE(ParseHours(wrong)) << wrong;
}

class RuleParts : public testing::Test {
 protected:
  RuleParts() {
    rig_.clock.Advance(hours(2));  // 09:00 at the gate, with the zero of the rig's clock at 07:00
    rig_.Expect("29C-123.45");
  }
  // Drives up with this plate and is read; the causes of the decision.
  std::vector<std::string> Causes(const std::string& plate) {
    rig_.See("A", 'D');
    for (int i = 0; i < 3; ++i) rig_.Read(plate);
    rig_.SeeFor(milliseconds(1000), "A", 'D');
    return rig_.CausesOfLast();
  }
  MachineRig rig_;
};

TEST_F(RuleParts, RefuseOutsideTheHoursAndSayWhenItOpens) {
  rig_.rule.opening_hours = {{{}, 9 * 60 + 1, 1200}};
  EXPECT_THAT(Causes("29C-123.45"), ElementsAre(cause::kOutsideHours));
  EXPECT_EQ(rig_.machine().last_decision()->verdict.causes[0].params.at("next_opening"), "2026-11-22 09:01");
  EXPECT_TRUE(rig_.raised.empty());
  rig_.SeeFor(milliseconds(60000), "A", 'D');
  EXPECT_EQ(rig_.raised.size(), 1u) << "it opens at a minute past nine";
}

TEST_F(RuleParts, LetWhoWasLetInBeforeClosingPass) {  // G11
  rig_.rule.opening_hours = {{{}, 0, 9 * 60 + 1}};
  rig_.See("A", 'D');
  rig_.Read("29C-123.45");
  ASSERT_EQ(rig_.raised.size(), 1u);
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.See("A", 'U');
  rig_.SeeFor(milliseconds(500), "AS", 'U');
  rig_.clock.Advance(std::chrono::minutes(1));
  rig_.SeeFor(milliseconds(500), "SX", 'U');
  EXPECT_EQ(rig_.lower_count, 0) << "closing hour is no reason to lower";
  rig_.SeeFor(milliseconds(500), "X", 'U');
  rig_.SeeFor(milliseconds(2000), "", 'U');
  ASSERT_EQ(rig_.passages.size(), 1u);
  EXPECT_EQ(rig_.passages[0].kind, Passage::Kind::kAutomatic);
}

TEST_F(RuleParts, DemandAPermitThatIsGoodToday) {
  rig_.rule.permit_required = true;
  EXPECT_THAT(Causes("29C-123.45"), ElementsAre(cause::kPermitMissing));
  rig_.table.Apply(VehicleFacts{"29C12345", *ParseDay("2026-11-21")});
  rig_.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kPermitExpired));
  EXPECT_TRUE(rig_.raised.empty());
  rig_.table.Apply(VehicleFacts{"29C12345", *ParseDay("2026-11-22")});
  rig_.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_EQ(rig_.raised.size(), 1u) << "good on its last day";
}

TEST_F(RuleParts, AskForAForeignTruckThatGoesHomeTooLate) {
  rig_.rule.stay_max_h = 24;
  rig_.Expect("桂F12345");
  rig_.table.Crossed("桂F12345", Direction::kImport, rig_.clock.Now() - hours(24) - std::chrono::minutes(1));
  EXPECT_THAT(Causes("桂F12345"), ElementsAre(cause::kStayExceeded));
  EXPECT_TRUE(rig_.raised.empty());
}

TEST_F(RuleParts, AskNobodyElseAboutTheirStay) {
  rig_.rule.stay_max_h = 24;
  rig_.Expect("桂F12345");
  rig_.table.Crossed("桂F12345", Direction::kImport, rig_.clock.Now() - hours(23));
  rig_.table.Crossed("29C12345", Direction::kImport, rig_.clock.Now() - hours(200));
  Causes("桂F12345");
  EXPECT_EQ(rig_.raised.size(), 1u) << "in time";
  MachineRig other;
  other.rule.stay_max_h = 24;
  other.Expect("29C-123.45");
  other.table.Crossed("29C12345", Direction::kImport, other.clock.Now() - hours(200));
  other.See("A", 'D');
  other.Read("29C-123.45");
  EXPECT_EQ(other.raised.size(), 1u) << "a Vietnamese truck is at home here";
}

PastDecision Past(int number, double confidence) {
  PastDecision past;
  past.decision_id = "decision_" + std::to_string(number);
  past.lane_id = "huu-nghi-x1";
  past.session_id = "session_" + std::to_string(number);
  past.decide_time = At("2026-11-22T09:00:00+07:00") + hours(number);
  past.facts.mode = Mode::kAuto;
  past.facts.gate_id = "huu-nghi";
  past.facts.read = true;
  past.facts.plate = "29C12345";
  past.facts.confidence = confidence;
  past.facts.known.expected = Expected{ClearedTrip("trip_1", "29C-123.45"), true, std::nullopt, false};
  past.rule = CheckpointRule{"huu-nghi-export", 1, true, true, false, 0.85, "", "", {}};
  return past;
}

TEST(RuleTrial, CountsWhatARuleWouldHaveDecidedOtherwise) {
  CheckpointRule stricter = Past(1, 0.9).rule;
  stricter.confidence_min = 0.95;
  stricter.opening_hours = {{{}, 0, 11 * 60}};
  RuleTrialRun run(stricter);
  run.Add(Past(0, 0.99));             // open, and would still
  run.Add(Past(1, 0.90));             // open, and would be asked
  run.Add(Past(2, 0.99));             // open, and would be refused: eleven o'clock
  PastDecision first = Past(1, 0.5);  // an earlier decision on the same vehicle does not count
  first.decision_id = "decision_0a";
  RuleTrialRun again(stricter);
  again.Add(first);
  again.Add(Past(1, 0.99));
  EXPECT_EQ(std::move(again).Done().otherwise, 0);
  const RuleTrial trial = std::move(run).Done();
  EXPECT_EQ(trial.vehicles, 3);
  EXPECT_EQ(trial.otherwise, 2);
  EXPECT_EQ(trial.unknown, 0);
  EXPECT_EQ(trial.changes.at({Outcome::kOpen, Outcome::kAsk}), 1);
  EXPECT_EQ(trial.changes.at({Outcome::kOpen, Outcome::kRefuse}), 1);
  ASSERT_EQ(trial.examples.size(), 2u);
  EXPECT_EQ(trial.examples[0].decision_id, "decision_2") << "the newest first";
  EXPECT_EQ(trial.examples[0].would.causes.at(0).code, cause::kOutsideHours);
}

TEST(RuleTrial, SaysWhatItCannotTell) {
  PastDecision old = Past(1, 0.99);
  old.whole = false;
  CheckpointRule permits = old.rule;
  permits.permit_required = true;
  RuleTrialRun run(permits);
  run.Add(old);
  const RuleTrial trial = std::move(run).Done();
  EXPECT_EQ(trial.unknown, 1);
  EXPECT_EQ(trial.otherwise, 0);
}

}  // namespace
}  // namespace bordergate::lane
