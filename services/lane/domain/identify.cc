#include "services/lane/domain/identify.h"

#include <algorithm>
#include <utility>

#include "libs/plate/plate.h"
#include "services/lane/domain/look_alike.h"

namespace bordergate::lane {
namespace {

bool LooksLike(std::string_view a, std::string_view b) { return LookAlikeKey(a) == LookAlikeKey(b); }

// What the frames of the front amount to.
class Front {
 public:
  Front(const Ballot& ballot, double sure_from) : ballot_(ballot), leader_(ballot.Leader()) {
    sure_ = leader_ != nullptr && leader_->best.confidence >= sure_from && !ballot.Disputed();
  }

  const Ballot::Candidate* leader() const { return leader_; }
  bool sure() const { return sure_; }
  // No frame of it is right more often than wrong.
  bool unread() const {
    return !AnyRead([](const Ballot::Candidate& one) { return one.best.confidence >= kSaysSomethingFrom; });
  }
  // Whether it may have been this plate that was read.
  bool MayBe(std::string_view key) const {
    if (sure_) return LooksLike(leader_->key, key);
    return AnyRead([&](const Ballot::Candidate& one) { return Alike(one.key, key); });
  }
  // Whether a trip is expected under a plate that was read, other than this one.
  bool ShowsAnotherExpected(std::string_view key, const IsExpected& expected) const {
    return AnyRead([&](const Ballot::Candidate& one) { return one.key != key && expected(one.key); });
  }

 private:
  template <class Fits>
  bool AnyRead(Fits fits) const {
    return std::ranges::any_of(ballot_.candidates(), fits);
  }

  const Ballot& ballot_;
  const Ballot::Candidate* leader_;
  bool sure_ = false;
};

Identity FromFrontAndSlip(const Ballot& ballot, const Front& front, const std::optional<Slip>& slip,
                          const IsExpected& expected) {
  Identity seen;
  if (front.leader() != nullptr) {
    seen.plate = front.leader()->best.plate;
    seen.key = front.leader()->key;
  }
  if (!slip) return seen;
  Identity named;
  named.plate = slip->plate;
  named.key = PlateKey(slip->plate);
  named.by_slip = true;
  if (front.unread()) return named;
  bool corrects = false;
  if (front.sure()) {
    if (seen.key == named.key) return seen;
    corrects = LooksLike(seen.key, named.key) && !expected(seen.key);
  } else {
    corrects = std::ranges::any_of(ballot.candidates(),
                                   [&](const Ballot::Candidate& one) { return Alike(one.key, named.key); });
  }
  if (corrects) return named;
  seen.disagree = true;
  return seen;
}

// The witness whose word puts right what was read; null when none does, or when they name different trucks.
const Witness* Correcting(const Identity& identity, const Front& front, const IsExpected& expected) {
  const Witness* named = nullptr;
  for (const Witness& one : identity.witnesses) {
    const bool names =
        one.key == identity.key || (expected(one.key) && !front.ShowsAnotherExpected(one.key, expected));
    if (one.against_only || !front.MayBe(one.key) || !names) continue;
    if (named != nullptr && named->key != one.key) return nullptr;
    named = &one;
  }
  return named != nullptr && named->key != identity.key ? named : nullptr;
}

bool Supports(const Witness& one, const Identity& identity, const Front& front) {
  return one.key == identity.key && !one.against_only && (identity.by_slip || front.MayBe(one.key));
}

// Somebody is named, and not by mud alone.
bool IsNamed(const Identity& identity, const Front& front) {
  if (identity.by_slip || !front.unread()) return true;
  return std::ranges::any_of(identity.witnesses,
                             [&](const Witness& one) { return Supports(one, identity, front); });
}

Witness::Says Judge(const Witness& one, const Identity& identity, const Front& front,
                    const IsExpected& expected) {
  if (Supports(one, identity, front)) return Witness::Says::kSame;
  const bool load = one.kind == Witness::Kind::kTrailer || one.kind == Witness::Kind::kContainer;
  const bool other = one.key != identity.key && !load;
  if (!other || !IsNamed(identity, front)) return Witness::Says::kHint;
  const bool misread = Alike(one.key, identity.key) && !expected(one.key) &&
                       (one.kind == Witness::Kind::kRear || !expected(identity.key));
  return misread ? Witness::Says::kHint : Witness::Says::kOther;
}

}  // namespace

std::string_view WitnessName(Witness::Kind kind) {
  switch (kind) {
    case Witness::Kind::kRear:
      return "rear";
    case Witness::Kind::kTag:
      return "tag";
    case Witness::Kind::kTrailer:
      return "trailer";
    case Witness::Kind::kContainer:
      return "container";
  }
  return "";
}

std::string_view SaysName(Witness::Says says) {
  switch (says) {
    case Witness::Says::kSame:
      return "same";
    case Witness::Says::kOther:
      return "other";
    case Witness::Says::kHint:
      return "hint";
  }
  return "";
}

bool DifferClearly(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return true;
  int differences = 0;
  for (size_t i = 0; i < a.size(); ++i) differences += a[i] != b[i];
  return differences > 1;
}

bool Alike(std::string_view a, std::string_view b) { return LooksLike(a, b) || !DifferClearly(a, b); }

Identity Identify(const Ballot& ballot, const std::optional<Slip>& slip, std::vector<Witness> witnesses,
                  double sure_from, const IsExpected& expected) {
  const Front front(ballot, sure_from);
  Identity identity = FromFrontAndSlip(ballot, front, slip, expected);
  identity.witnesses = std::move(witnesses);
  if (!identity.by_slip && !identity.disagree) {
    if (const Witness* named = Correcting(identity, front, expected)) {
      identity.as_read = std::exchange(identity.plate, named->plate);
      identity.key = named->key;
    }
  }
  for (Witness& one : identity.witnesses) one.says = Judge(one, identity, front, expected);
  return identity;
}

}  // namespace bordergate::lane
