// Goal: an agreement names only what exists; a chain of messages shows every alteration. Method: a small
// catalogue, altered chains.
#include "services/exchange/domain/agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/exchange/domain/reasons.h"

namespace bordergate::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OneKind final : public EventCatalogue {
 public:
  Result<void> CheckField(std::string_view kind, std::string_view field) const override {
    if (kind != "lane.passage.completed") return Error(kEventKindUnknown, "no such kind");
    if (field != "plate" && field != "lane_id") return Error(kEventFieldUnknown, "no such field");
    return {};
  }
};

std::vector<std::string> FaultsOf(const Agreement& agreement) {
  FieldChecks checks;
  CheckAgreement(agreement, OneKind(), checks);
  std::vector<std::string> faults;
  if (checks.ok()) return faults;
  const Error error = checks.Done().error();
  for (const auto& violation : error.fields()) faults.push_back(violation.field + " " + violation.reason);
  return faults;
}

Agreement Good() {
  return {.partner_id = "pingxiang-customs",
          .title = "Hải quan Bằng Tường",
          .clauses = {{"lane.passage.completed", {"plate", "lane_id"}}},
          .reason = "Thỏa thuận 12/2026"};
}

TEST(Agreement, IsTakenWhenItNamesWhatExists) { EXPECT_THAT(FaultsOf(Good()), IsEmpty()); }

TEST(Agreement, MayEndByNamingNothing) {
  Agreement agreement = Good();
  agreement.clauses.clear();
  EXPECT_THAT(FaultsOf(agreement), IsEmpty());
}

TEST(Agreement, NamesEveryFaultAtOnce) {
  Agreement agreement = Good();
  agreement.partner_id = "Pingxiang Customs";
  agreement.clauses = {{"lane.passage.completed", {"plate", "driver"}},
                       {"lane.passage.completed", {"plate"}},
                       {"lane.passage.exploded", {"plate"}},
                       {"lane.passage.completed", {}}};
  EXPECT_THAT(FaultsOf(agreement),
              ElementsAre("partner_id PARTNER_ID_INVALID", "clauses[0].fields[1] EVENT_FIELD_UNKNOWN",
                          "clauses[1].event_kind CLAUSE_REPEATED", "clauses[2].event_kind EVENT_KIND_UNKNOWN",
                          "clauses[3].event_kind CLAUSE_REPEATED", "clauses[3].fields FIELD_REQUIRED"));
}

TEST(Chain, ShowsEveryAlteration) {
  const Message message{
      .sequence = 2, .event_kind = "k", .event_time = {}, .agreement_version = 1, .payload = "{}"};
  const std::string digest = ChainDigest("first", message);
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(digest, ChainDigest("first", message));
  EXPECT_NE(digest, ChainDigest("other", message));
  for (const auto& alter : std::initializer_list<std::function<void(Message&)>>{
           [](Message& m) { m.sequence = 3; }, [](Message& m) { m.event_kind = "l"; },
           [](Message& m) { m.event_time += seconds(1); }, [](Message& m) { m.agreement_version = 2; },
           [](Message& m) { m.payload = "{ }"; }}) {
    Message altered = message;
    alter(altered);
    EXPECT_NE(ChainDigest("first", altered), digest);
  }
}

}  // namespace
}  // namespace bordergate::exchange
