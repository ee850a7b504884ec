// Goal: a decision can be made again from what was kept with it. Method: facts of every kind written by
// BasisOf and read again; texts that nobody wrote.
#include "services/lane/store/basis.h"

#include <gtest/gtest.h>

namespace bordergate::lane {
namespace {

Facts EveryFact() {
  Facts facts;
  facts.mode = Mode::kLocal;
  facts.gate_id = "huu-nghi";
  facts.direction = Direction::kImport;
  facts.utc_offset = std::chrono::minutes(480);
  facts.read = true;
  facts.plate = "桂F12345";
  facts.confidence = 0.9371;
  facts.disputed = true;
  facts.trailer_key = "桂F1234挂";
  facts.container_number = "CSQU3054383";
  Expected expected;
  expected.trip.trip_id = "trip_1";
  expected.trip.gate_id = "tan-thanh";
  expected.trip.direction = Direction::kImport;
  expected.trip.key = "桂F12345";
  expected.trip.state = TripFacts::State::kHeld;
  expected.trip.container_number = "TGHU7654320";
  expected.trip.steps_missing = {"customs", "health"};
  expected.trip.steps_held = {"plant_quarantine"};
  expected.fee_settled = true;
  expected.passed_here = true;
  expected.ticket = TicketFacts{
      "ticket_1", "trip_1", TicketFacts::State::kCalled, *ParseInstant("2026-11-22T09:00:00Z"), {}};
  facts.known.expected = expected;
  facts.known.watched = {{"watch_1", "", "", true}};
  facts.known.near = {{"29C12346", ""}};
  facts.known.claimed_by_lane = "huu-nghi-n2";
  facts.known.permit_last_day = *ParseDay("2027-03-31");
  facts.slip = Slip{.key_id = "",
                    .trip_id = "trip_2",
                    .gate_id = "huu-nghi",
                    .plate = "桂F12346",
                    .trailer_plate = "桂F1234挂",
                    .is_export = false,
                    .valid_from = *ParseInstant("2026-11-22T07:00:00Z"),
                    .valid_until = *ParseInstant("2026-11-25T07:00:00Z")};
  facts.slip_fault = "SLIP_FORGED";
  facts.by_slip = true;
  facts.disagree = true;
  facts.witnesses = {
      {.kind = Witness::Kind::kRear, .plate = "桂F12346", .key = "桂F12346", .says = Witness::Says::kSame},
      {.kind = Witness::Kind::kTag, .plate = "桂F55555", .key = "桂F55555", .says = Witness::Says::kOther},
      {.kind = Witness::Kind::kTrailer, .plate = "桂F12345", .key = "桂F12345", .says = Witness::Says::kHint},
      {.kind = Witness::Kind::kContainer,
       .plate = "桂F12346",
       .key = "桂F12346",
       .says = Witness::Says::kSame}};
  facts.as_read = "桂F12344";
  facts.known.came_time = *ParseInstant("2026-11-20T09:00:00Z");
  return facts;
}

TEST(Basis, IsReadAsItWasWritten) {
  CheckpointRule rule{"huu-nghi-import", 7, false, true, false, 0.91, "", "", {}};
  rule.permit_required = true;
  rule.stay_max_h = 36;
  rule.opening_hours = {{{1, 2}, 420, 1200}};
  const std::string basis = BasisOf(EveryFact(), rule);
  PastDecision past;
  ASSERT_TRUE(ReadBasis(basis, past)) << basis;
  EXPECT_TRUE(past.whole);
  EXPECT_EQ(BasisOf(past.facts, past.rule), basis);
  const Instant now = *ParseInstant("2026-11-22T08:00:00Z");
  EXPECT_EQ(Decide(past.facts, past.rule, now).outcome, Decide(EveryFact(), rule, now).outcome);
}

TEST(Basis, OfAnEarlierVersionSaysThatItIsNotWhole) {
  PastDecision past;
  ASSERT_TRUE(ReadBasis(
      R"({"mode":"AUTO","gate_id":"huu-nghi","direction":0,"read":true,"plate":"29C12345","confidence":0.9,"disputed":false,)"
      R"("trailer_key":"","rule_version":1,"confidence_min":0.85,"cleared_required":true,"fee_required":true,)"
      R"("call_required":true,"claimed_by_lane":"","watched":[],"near":[]})",
      past));
  EXPECT_FALSE(past.whole);
  EXPECT_EQ(past.facts.plate, "29C12345");
  EXPECT_EQ(past.facts.container_number, "");
  EXPECT_TRUE(past.rule.call_required);
}

// What yesterday's lanes wrote of a container: nothing. A trial asks about none that nobody compared.
TEST(Basis, TellsAContainerThatWasNotKnownFromNoneDeclared) {
  const CheckpointRule rule{"huu-nghi-import", 7, false, true, false, 0.91, "", "", {}};
  const auto again = [&](std::optional<std::string> declared) {
    Facts facts = EveryFact();
    facts.known.expected->trip.container_number = std::move(declared);
    PastDecision past;
    EXPECT_TRUE(ReadBasis(BasisOf(facts, rule), past));
    return past.facts.known.expected->trip.container_number;
  };
  EXPECT_EQ(again(std::nullopt), std::nullopt);
  EXPECT_EQ(again(""), "");
  EXPECT_EQ(again("CSQU3054383"), "CSQU3054383");
}

// A stricter rule on a read that was sure enough by its own: the witness that agreed would have confirmed it.
TEST(Basis, LetsATrialOfARuleCountOnWitnesses) {
  Facts facts = EveryFact();
  facts.slip.reset();
  facts.slip_fault = facts.as_read = facts.trailer_key = "";
  facts.by_slip = facts.disagree = facts.disputed = false;
  facts.known = {};
  facts.witnesses.resize(1);
  const CheckpointRule rule{"huu-nghi-import", 7, false, true, false, 0.91, "", "", {}};
  CheckpointRule stricter = rule;
  stricter.confidence_min = 0.99;
  PastDecision past;
  ASSERT_TRUE(ReadBasis(BasisOf(facts, rule), past));
  EXPECT_FALSE(RestsOnWitness(past.facts, past.rule));
  EXPECT_TRUE(RestsOnWitness(past.facts, stricter));
  past.facts.witnesses.clear();
  EXPECT_FALSE(RestsOnWitness(past.facts, stricter));
  EXPECT_EQ(Decide(past.facts, stricter, {}).causes.front().code, "READ_UNSURE");
}

TEST(Basis, RefusesWhatNobodyWrote) {
  PastDecision past;
  for (const char* wrong : {"", "{}", "[]", "{\"mode\":1}", "nonsense"})
    EXPECT_FALSE(ReadBasis(wrong, past)) << wrong;
}

}  // namespace
}  // namespace bordergate::lane
