// Id<Trip>: the name of one thing, of a type of its own, so that a ticket's id is never given for a trip's.
//
// Written "<noun>_<26 characters>": 48 bits of milliseconds, then 80 bits of chance, in lower-case Crockford
// base 32, so that ids sort by the time they were made.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "libs/core/clock.h"
#include "libs/core/random.h"

namespace bordergate {

template <class Noun>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }
  auto operator<=>(const Id&) const = default;

 private:
  std::string value_;
};

// Makes ids. Safe for use by several threads when its Random is.
class IdMaker {
 public:
  IdMaker(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  // For example New("trip") -> "trip_01jd2xq4v8m0t6b3c9k7n5r2wz".
  std::string New(std::string_view noun);

  template <class Noun>
  Id<Noun> New(std::string_view noun) {
    return Id<Noun>(New(noun));
  }

 private:
  const Clock& clock_;
  Random& random_;
};

}  // namespace bordergate

template <class Noun>
struct std::hash<bordergate::Id<Noun>> {
  size_t operator()(const bordergate::Id<Noun>& id) const noexcept {
    return std::hash<std::string>()(id.value());
  }
};
