// Goal: the decision is right, total and explained. Method: one fact wrong at a time, then every combination
// of all of them.
#include "services/lane/domain/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

using testing::ElementsAre;

const Instant kMidnight = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
const CheckpointRule kRule{"huu-nghi-export", 3, true, true, true, 0.85, "", "", {}};

Facts Good() {
  Facts facts;
  facts.mode = Mode::kAuto;
  facts.gate_id = "huu-nghi";
  facts.read = true;
  facts.plate = "29C12345";
  facts.confidence = 0.9;
  Expected expected;
  expected.trip = {"trip_1",   "huu-nghi", Direction::kExport,         "29C12345",
                   "29C12345", "29R00123", TripFacts::State::kCleared, {},
                   {},         {}};
  expected.fee_settled = true;
  expected.ticket = TicketFacts{
      "ticket_1", "trip_1", TicketFacts::State::kCalled, kMidnight + std::chrono::minutes(10), {}};
  facts.known.expected = expected;
  return facts;
}

std::vector<std::string> Codes(const Verdict& verdict) {
  std::vector<std::string> codes;
  for (const Cause& why : verdict.causes) codes.push_back(why.code);
  return codes;
}

TEST(Decide, OpensWhenEverythingIsThere) {
  const Verdict verdict = Decide(Good(), kRule, kMidnight);
  EXPECT_EQ(verdict.outcome, Outcome::kOpen);
  EXPECT_THAT(Codes(verdict), ElementsAre(cause::kAllCleared));
}

struct OneFault {
  const char* code;
  Outcome outcome;
  std::function<void(Facts&)> spoil;
};

TEST(Decide, NamesTheOneThingThatIsMissing) {
  const std::vector<OneFault> faults = {
      {cause::kLaneClosedByHand, Outcome::kRefuse, [](Facts& f) { f.mode = Mode::kClosed; }},
      {cause::kWatchListed, Outcome::kAsk,
       [](Facts& f) { f.known.watched = {{"watch_1", "29C12345", "CAUSE_STOLEN", true}}; }},
      {cause::kWatchListLookAlike, Outcome::kAsk,
       [](Facts& f) { f.known.watched = {{"watch_1", "29C1Z345", "CAUSE_STOLEN", false}}; }},
      {cause::kReadUnsure, Outcome::kAsk, [](Facts& f) { f.confidence = 0.84; }},
      {cause::kReadUnsure, Outcome::kAsk, [](Facts& f) { f.disputed = true; }},
      {cause::kTripNotFound, Outcome::kRefuse, [](Facts& f) { f.known.expected.reset(); }},
      {cause::kWrongGate, Outcome::kRefuse, [](Facts& f) { f.known.expected->trip.gate_id = "tan-thanh"; }},
      {cause::kWrongDirection, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->trip.direction = Direction::kImport; }},
      {cause::kTripCancelled, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->trip.state = TripFacts::State::kCancelled; }},
      {cause::kTripAlreadyCrossed, Outcome::kAsk,
       [](Facts& f) { f.known.expected->trip.state = TripFacts::State::kCrossed; }},
      {cause::kTripAlreadyCrossed, Outcome::kAsk, [](Facts& f) { f.known.expected->passed_here = true; }},
      {cause::kTripAlreadyCrossed, Outcome::kAsk,
       [](Facts& f) { f.known.expected->ticket->state = TicketFacts::State::kPassed; }},
      {cause::kPlateInTwoLanes, Outcome::kAsk, [](Facts& f) { f.known.claimed_by_lane = "huu-nghi-x2"; }},
      {cause::kTrailerMismatch, Outcome::kAsk, [](Facts& f) { f.trailer_key = "29R99999"; }},
      {cause::kContainerMismatch, Outcome::kAsk,
       [](Facts& f) {
         f.known.expected->trip.container_number = "";
         f.container_number = "CSQU3054383";
       }},
      {cause::kStepHeld, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->trip.steps_held = {"plant_quarantine"}; }},
      {cause::kStepNotConfirmed, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->trip.steps_missing = {"customs"}; }},
      {cause::kStepNotConfirmed, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->trip.state = TripFacts::State::kDeclared; }},
      {cause::kFeeNotSettled, Outcome::kRefuse, [](Facts& f) { f.known.expected->fee_settled = false; }},
      {cause::kNotCheckedIn, Outcome::kRefuse, [](Facts& f) { f.known.expected->ticket.reset(); }},
      {cause::kNotCalled, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->ticket->state = TicketFacts::State::kWaiting; }},
      {cause::kCallExpired, Outcome::kRefuse,
       [](Facts& f) { f.known.expected->ticket->call_expire_time = kMidnight; }},
      {cause::kConfirmNeeded, Outcome::kAsk, [](Facts& f) { f.mode = Mode::kConfirm; }},
      {cause::kManualMode, Outcome::kAsk, [](Facts& f) { f.mode = Mode::kManual; }},
  };
  for (const OneFault& fault : faults) {
    Facts facts = Good();
    fault.spoil(facts);
    const Verdict verdict = Decide(facts, kRule, kMidnight);
    EXPECT_EQ(verdict.outcome, fault.outcome) << fault.code;
    EXPECT_THAT(Codes(verdict), ElementsAre(fault.code));
  }
}

TEST(Decide, ShowsTheTrailerThatWasSeenAndTheOneThatWasDeclared) {  // E10
  for (const char* declared : {"29R00123", ""}) {
    Facts facts = Good();
    facts.known.expected->trip.trailer_key = declared;
    facts.trailer_key = "29R99999";
    const Verdict verdict = Decide(facts, kRule, kMidnight);
    EXPECT_EQ(verdict.outcome, Outcome::kAsk);
    ASSERT_THAT(Codes(verdict), ElementsAre(cause::kTrailerMismatch));
    EXPECT_EQ(verdict.causes[0].params.at("expected"), declared);
    EXPECT_EQ(verdict.causes[0].params.at("seen"), "29R99999");
    facts.trailer_key = declared;
    EXPECT_EQ(Decide(facts, kRule, kMidnight).outcome, Outcome::kOpen);
  }
}

TEST(Decide, ShowsTheContainerThatWasSeenAndTheOneThatWasDeclared) {
  for (const char* declared : {"TGHU7654320", ""}) {
    Facts facts = Good();
    facts.known.expected->trip.container_number = declared;
    EXPECT_EQ(Decide(facts, kRule, kMidnight).outcome, Outcome::kOpen) << "none was read";
    facts.container_number = "CSQU3054383";
    const Verdict verdict = Decide(facts, kRule, kMidnight);
    EXPECT_EQ(verdict.outcome, Outcome::kAsk);
    ASSERT_THAT(Codes(verdict), ElementsAre(cause::kContainerMismatch));
    EXPECT_EQ(verdict.causes[0].params.at("expected"), declared);
    EXPECT_EQ(verdict.causes[0].params.at("seen"), "CSQU3054383");
    facts.known.expected->trip.container_number = facts.container_number;
    EXPECT_EQ(Decide(facts, kRule, kMidnight).outcome, Outcome::kOpen);
  }
}

TEST(Decide, ComparesNoContainerOfATripWhoseContainerIsNotKnown) {
  Facts facts = Good();
  facts.known.expected->trip.container_number.reset();  // told before lanes kept it
  facts.container_number = "CSQU3054383";
  EXPECT_EQ(Decide(facts, kRule, kMidnight).outcome, Outcome::kOpen);
}

TEST(Decide, AsksWhenThePlateIsNearlyAnExpectedOne) {
  Facts facts = Good();
  facts.known.expected.reset();
  facts.known.near = {{"29C1Z345", "trip_1"}};
  const Verdict verdict = Decide(facts, kRule, kMidnight);
  EXPECT_EQ(verdict.outcome, Outcome::kAsk);
  EXPECT_THAT(Codes(verdict), ElementsAre(cause::kPlateNearExpected));
}

TEST(Decide, OpensLocallyOnlyForAGoodCall) {
  const CheckpointRule no_call{"huu-nghi-import", 1, true, true, false, 0.85, "", "", {}};
  Facts facts = Good();
  facts.mode = Mode::kLocal;
  EXPECT_EQ(Decide(facts, no_call, kMidnight).outcome, Outcome::kOpen);
  facts.known.expected->ticket.reset();
  EXPECT_EQ(Decide(facts, no_call, kMidnight).outcome, Outcome::kAsk);
  EXPECT_THAT(Codes(Decide(facts, no_call, kMidnight)), ElementsAre(cause::kLocalWithoutCall));
}

TEST(Decide, DemandsOnlyWhatTheRuleDemands) {
  const CheckpointRule nothing{"huu-nghi-import", 1, false, false, false, 0.85, "", "", {}};
  Facts facts = Good();
  facts.known.expected->trip.state = TripFacts::State::kDeclared;
  facts.known.expected->trip.steps_missing = {"customs"};
  facts.known.expected->fee_settled = false;
  facts.known.expected->ticket.reset();
  EXPECT_EQ(Decide(facts, nothing, kMidnight).outcome, Outcome::kOpen);
  facts.known.expected->trip.steps_held = {"customs"};
  EXPECT_EQ(Decide(facts, nothing, kMidnight).outcome, Outcome::kRefuse) << "a hold always wins";
}

TEST(Decide, IsTotalAndNeverOpensAWatchListedVehicleByItself) {
  // Every combination of twelve facts in five modes.
  for (const Mode mode : {Mode::kAuto, Mode::kLocal, Mode::kConfirm, Mode::kManual, Mode::kClosed}) {
    for (unsigned bits = 0; bits < 1u << 12; ++bits) {
      const auto bit = [&](int n) { return (bits >> n & 1) != 0; };
      Facts facts = Good();
      facts.mode = mode;
      facts.read = !bit(0);
      facts.disputed = bit(1);
      if (bit(2)) facts.known.watched = {{"watch_1", "29C12345", "CAUSE_STOLEN", bit(3)}};
      if (bit(4)) facts.known.expected->trip.steps_missing = {"customs"};
      if (bit(5)) facts.known.expected->fee_settled = false;
      if (bit(6)) facts.known.expected->ticket.reset();
      if (bit(7)) facts.known.expected->passed_here = true;
      if (bit(8)) facts.known.claimed_by_lane = "huu-nghi-x2";
      if (bit(9)) facts.known.expected->trip.direction = Direction::kImport;
      if (bit(10)) facts.known.near = {{"29C1Z345", "trip_2"}};
      if (bit(11)) facts.known.expected.reset();
      const Verdict verdict = Decide(facts, kRule, kMidnight);
      ASSERT_FALSE(verdict.causes.empty());
      ASSERT_EQ(verdict, Decide(facts, kRule, kMidnight));
      const bool all_good = (bits & ~0b10000001000u) == 0 && (mode == Mode::kAuto || mode == Mode::kLocal);
      ASSERT_EQ(verdict.outcome == Outcome::kOpen, all_good) << bits;
      if (bit(2) && mode != Mode::kClosed) {
        ASSERT_EQ(verdict.outcome, Outcome::kAsk);
      }
      ASSERT_EQ(verdict.outcome == Outcome::kOpen, verdict.causes[0].code == cause::kAllCleared);
    }
  }
}

TEST(Decide, KeepsItsBasisAsJson) {
  Facts facts = Good();
  facts.plate = "29C\"\\1";
  EXPECT_THAT(BasisOf(facts, kRule), testing::HasSubstr(R"("plate":"29C\"\\1")"));
  EXPECT_THAT(BasisOf(facts, kRule), testing::HasSubstr(R"("rule_version":3)"));
}

}  // namespace
}  // namespace bordergate::lane
