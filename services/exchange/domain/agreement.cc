#include "services/exchange/domain/agreement.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "libs/core/digest.h"

namespace bordergate::exchange {
namespace {

constexpr size_t kClausesMax = 50;
constexpr size_t kFieldsMax = 100;

bool IsPartnerId(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

void CheckClause(const Clause& clause, const std::string& at, const EventCatalogue& catalogue,
                 FieldChecks& checks) {
  checks.Require(!clause.fields.empty() && clause.fields.size() <= kFieldsMax, at + ".fields",
                 "FIELD_REQUIRED", fmt::format("must name 1 to {} fields", kFieldsMax));
  for (size_t i = 0; i < clause.fields.size() && i < kFieldsMax; ++i) {
    const Result<void> known = catalogue.CheckField(clause.event_kind, clause.fields[i]);
    if (known) continue;
    const bool kind = known.error().reason() == "EVENT_KIND_UNKNOWN";
    checks.Require(false, kind ? at + ".event_kind" : fmt::format("{}.fields[{}]", at, i),
                   known.error().reason(), known.error().message());
    if (kind) return;
  }
}

}  // namespace

const Clause* Agreement::FindClause(std::string_view event_kind) const {
  const auto found = std::find_if(clauses.begin(), clauses.end(),
                                  [&](const Clause& clause) { return clause.event_kind == event_kind; });
  return found == clauses.end() ? nullptr : &*found;
}

void CheckAgreement(const Agreement& agreement, const EventCatalogue& catalogue, FieldChecks& checks) {
  checks.Require(IsPartnerId(agreement.partner_id), "partner_id", "PARTNER_ID_INVALID",
                 "must have 2 to 40 characters of a to z, 0 to 9 and hyphen");
  checks.Text("title", agreement.title, {.length_min = 1, .length_max = 120});
  checks.Text("reason", agreement.reason, {.length_min = 3, .length_max = 500});
  checks.Require(agreement.clauses.size() <= kClausesMax, "clauses", "TOO_MANY_CLAUSES",
                 fmt::format("must be at most {}", kClausesMax));
  std::set<std::string> kinds;
  for (size_t i = 0; i < agreement.clauses.size() && i < kClausesMax; ++i) {
    const std::string at = fmt::format("clauses[{}]", i);
    checks.Require(kinds.insert(agreement.clauses[i].event_kind).second, at + ".event_kind",
                   "CLAUSE_REPEATED", "must stand once; put all its fields in one clause");
    CheckClause(agreement.clauses[i], at, catalogue, checks);
  }
}

std::string ChainDigest(std::string_view previous_digest, const Message& message) {
  return Hex(
      Sha256(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", previous_digest, message.sequence, message.event_kind,
                         FormatInstant(message.event_time), message.agreement_version, message.payload)));
}

}  // namespace bordergate::exchange
