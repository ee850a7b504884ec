// Goal: an order log that was altered, cut or made unfairly is found. Method: a fair log written by hand;
// each case spoils it in one place.
#include "services/yard/domain/order_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/digest.h"
#include "libs/testing/manual_clock.h"
#include "services/yard/domain/order_audit.h"

namespace bordergate::yard {
namespace {

using ::testing::HasSubstr;

const Instant kLogTime = ManualClock().Now();

OrderEntry MakeEntry(const std::string& kind, int64_t number, std::map<std::string, std::string> details,
                     const std::string& reason = "", seconds after = seconds(0)) {
  return {.gate_id = "huu-nghi",
          .time = kLogTime + after,
          .kind = kind,
          .ticket_id = number == 0 ? "" : "ticket_" + std::to_string(number),
          .number = number,
          .details = std::move(details),
          .actor = "person_1",
          .reason = reason};
}

// Three trucks; two may be called at one time, each call is good for a minute.
std::vector<OrderEntry> FairLog() {
  return {
      MakeEntry("plan", 0, {{"called_max", "2"}, {"perishable_of_ten", "0"}, {"call_valid_s", "60"}}),
      MakeEntry("check_in", 1, {{"perishable", "0"}, {"wait", "steps"}}),
      MakeEntry("check_in", 2, {{"perishable", "0"}, {"wait", "turn"}}),
      MakeEntry("call", 2, {{"turn", "0"}}),  // number 1 is not ready: passed over
      MakeEntry("check_in", 3, {{"perishable", "1"}, {"wait", "turn"}}),
      MakeEntry("wait", 1, {{"wait", "turn"}}),
      MakeEntry("call", 1, {{"turn", "1"}}),
      MakeEntry("out_of_turn", 3, {}, "động vật sống"),
      MakeEntry("pass", 2, {{"passage_id", "passage_1"}}),
      MakeEntry("expire", 1, {{"number", "4"}, {"wait", "turn"}}, "", seconds(60)),
  };
}

std::vector<OrderEntry> Chained(std::vector<OrderEntry> entries) {
  std::string digest = FirstDigest();
  int64_t position = 0;
  for (OrderEntry& entry : entries) {
    entry.position = ++position;
    entry.digest = digest = DigestOf(entry, digest);
  }
  return entries;
}

std::string ChainFault(const std::vector<OrderEntry>& entries) {
  ChainCheck chain;
  for (const OrderEntry& entry : entries) {
    if (const auto fault = chain.Next(entry)) return *fault;
  }
  return "";
}

std::string AuditFault(const std::vector<OrderEntry>& entries) {
  OrderAudit audit;
  for (const OrderEntry& entry : Chained(entries)) {
    if (const auto fault = audit.Next(entry)) return *fault;
  }
  return "";
}

TEST(OrderLog, VerifiesFromTheFirstEntry) { EXPECT_EQ(ChainFault(Chained(FairLog())), ""); }

TEST(OrderLog, ShowsEveryEntryThatWasAltered) {
  const std::vector<OrderEntry> whole = Chained(FairLog());
  const std::vector<std::function<void(OrderEntry&)>> changes = {
      [](OrderEntry& entry) { entry.gate_id += "x"; },
      [](OrderEntry& entry) { entry.time += std::chrono::microseconds(1); },
      [](OrderEntry& entry) { entry.kind = "close"; },
      [](OrderEntry& entry) { entry.ticket_id += "x"; },
      [](OrderEntry& entry) { entry.number += 1; },
      [](OrderEntry& entry) { entry.details["wait"] = "x"; },
      [](OrderEntry& entry) { entry.actor += "x"; },
      [](OrderEntry& entry) { entry.actor_name += "x"; },
      [](OrderEntry& entry) { entry.reason += "x"; },
      [](OrderEntry& entry) { entry.digest[0] ^= 1; }};
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const auto& change : changes) {
      auto altered = whole;
      change(altered[i]);
      EXPECT_THAT(ChainFault(altered), HasSubstr("entry " + std::to_string(i + 1))) << "entry " << i;
    }
  }
}

TEST(OrderLog, ShowsAnEntryThatIsMissingOrMoved) {
  const std::vector<OrderEntry> whole = Chained(FairLog());
  for (size_t i = 0; i + 1 < whole.size(); ++i) {
    auto cut = whole;
    cut.erase(cut.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(ChainFault(cut), "") << "without entry " << i + 1;
    auto moved = whole;
    std::swap(moved[i], moved[i + 1]);
    EXPECT_NE(ChainFault(moved), "") << "entry " << i + 1 << " after the next";
    // Renumbered so that nothing is missing: the digests tell.
    std::swap(moved[i].position, moved[i + 1].position);
    EXPECT_THAT(ChainFault(moved), HasSubstr("is not what was written"));
  }
}

TEST(OrderLog, IsTheSameForOutsiders) {
  OrderEntry entry = MakeEntry("call", 7, {{"turn", "3"}, {"also", "x"}});
  entry.position = 1;
  const std::string text = "bordergate order v1\nhuu-nghi\n1\n" +
                           std::to_string(kLogTime.time_since_epoch().count()) +
                           "\ncall\nticket_7\n7\nalso=x turn=3\nperson_1\n\n\n";
  EXPECT_EQ(DigestOf(entry, FirstDigest()), Sha256(std::string(32, '\0') + text));
  EXPECT_EQ(ReadDetails(DetailsText(entry.details)), entry.details);
}

TEST(OrderAudit, FindsNothingInAFairLog) { EXPECT_EQ(AuditFault(FairLog()), ""); }

TEST(OrderAudit, FindsEveryKindOfUnfairness) {
  struct Case {
    std::string expected;
    std::function<void(std::vector<OrderEntry>&)> spoil;
  };
  const std::vector<Case> cases = {
      {"does not follow number 1", [](auto& log) { log[2].number = 3; }},
      {"calls a ticket that is not ready", [](auto& log) { log[2].details["wait"] = "fee"; }},
      {"overtakes number 1 without a reason", [](auto& log) { log[1].details["wait"] = "turn"; }},
      {"calls more than the plan allows", [](auto& log) { log[0].details["called_max"] = "1"; }},
      {"is not call 0", [](auto& log) { log[3].details["turn"] = "5"; }},
      {"is about a ticket that does not wait",
       [](auto& log) {
         std::swap(log[5], log[6]);
         log[5].kind = "wait";
         log[5].number = 9;
       }},
      {"overtakes without a name or a reason", [](auto& log) { log[7].reason.clear(); }},
      {"overtakes without a name or a reason", [](auto& log) { log[7].actor.clear(); }},
      {"passes a second time", [](auto& log) { log.insert(log.begin() + 9, log[8]); }},
      {"ends a call before its time", [](auto& log) { log[9].time -= seconds(1); }},
      {"does not send the truck to the end", [](auto& log) { log[9].details["number"] = "1"; }},
      {"takes the place of a truck that was held", [](auto& log) { log[9].details["wait"] = "held"; }},
      {"ends a ticket without a reason", [](auto& log) { log.push_back(MakeEntry("close", 3, {})); }},
      {"is of no known kind", [](auto& log) { log[4].kind = "sold"; }},
  };
  for (const Case& one : cases) {
    std::vector<OrderEntry> log = FairLog();
    one.spoil(log);
    EXPECT_THAT(AuditFault(log), HasSubstr(one.expected));
  }
}

}  // namespace
}  // namespace bordergate::yard
