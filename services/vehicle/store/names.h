// Names of enum values in the tables. They are part of the data: never change one, add another.
#pragma once

#include <array>
#include <string_view>

#include "libs/core/check.h"
#include "services/vehicle/domain/driver.h"
#include "services/vehicle/domain/vehicle.h"
#include "services/vehicle/domain/watch_list.h"

namespace bordergate::vehicle {

inline constexpr std::array<std::string_view, 3> kVehicleKindNames = {"truck", "tractor", "trailer"};
inline constexpr std::array<std::string_view, 3> kDocumentKindNames = {"passport", "border_pass",
                                                                       "identity_card"};
inline constexpr std::array<std::string_view, 5> kWatchCauseNames = {"stolen", "smuggling", "debt", "order",
                                                                     "overstay"};

template <class Enum, size_t kCount>
std::string_view NameOf(const std::array<std::string_view, kCount>& names, Enum value) {
  return names.at(static_cast<size_t>(value));
}

template <class Enum, size_t kCount>
Enum ValueOf(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  BG_CHECK(false, "a table holds only names that its constraint allows");
}

}  // namespace bordergate::vehicle
