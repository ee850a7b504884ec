// Names of enum values in the tables. They are part of the data: never change one, add another.
#pragma once

#include <array>
#include <string_view>

#include "libs/db/store_help.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

inline constexpr std::array<std::string_view, 2> kDirectionNames = {"export", "import"};
inline constexpr std::array<std::string_view, 6> kRegimeNames = {
    "export", "import", "temporary_import", "temporary_export", "transshipment", "transit"};
inline constexpr std::array<std::string_view, 5> kTripStateNames = {"declared", "held", "cleared", "crossed",
                                                                    "cancelled"};
inline constexpr std::array<std::string_view, 4> kStepStateNames = {"blocked", "open", "confirmed", "held"};

}  // namespace bordergate::customs
