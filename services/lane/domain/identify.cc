#include "services/lane/domain/identify.h"

#include <algorithm>

#include "libs/plate/plate.h"
#include "services/lane/domain/look_alike.h"

namespace bordergate::lane {
namespace {

// Below it a read is wrong more often than right: mud or a grille read as a plate says nothing against a
// slip.
constexpr double kSaysSomethingFrom = 0.5;

}  // namespace

bool DifferClearly(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return true;
  int differences = 0;
  for (size_t i = 0; i < a.size(); ++i) differences += a[i] != b[i];
  return differences > 1;
}

Identity Identify(const Ballot& ballot, const std::optional<Slip>& slip, double sure_from,
                  const std::function<bool(std::string_view key)>& expected) {
  const Ballot::Candidate* leader = ballot.Leader();
  Identity seen;
  if (leader != nullptr) {
    seen.plate = leader->best.plate;
    seen.key = leader->key;
  }
  if (!slip) return seen;
  const Identity named{.plate = slip->plate, .key = PlateKey(slip->plate), .by_slip = true};
  const bool is_unread = std::ranges::none_of(ballot.candidates(), [](const Ballot::Candidate& one) {
    return one.best.confidence >= kSaysSomethingFrom;
  });
  if (is_unread) return named;
  const auto looks_alike = [&](std::string_view key) { return LookAlikeKey(key) == LookAlikeKey(named.key); };
  bool corrects = false;
  if (leader->best.confidence >= sure_from && !ballot.Disputed()) {
    if (leader->key == named.key) return seen;
    corrects = looks_alike(leader->key) && !expected(leader->key);
  } else {
    corrects = std::ranges::any_of(ballot.candidates(), [&](const Ballot::Candidate& one) {
      return looks_alike(one.key) || !DifferClearly(one.key, named.key);
    });
  }
  if (corrects) return named;
  seen.disagree = true;
  return seen;
}

}  // namespace bordergate::lane
