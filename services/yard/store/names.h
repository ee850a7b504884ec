// Names of enum values in the tables. They are part of the data: never change one, add another.
#pragma once

#include <array>
#include <string_view>

#include "libs/db/store_help.h"
#include "services/yard/domain/ticket.h"

namespace bordergate::yard {

inline constexpr std::array<std::string_view, 5> kTripStateNames = {"declared", "held", "cleared", "crossed",
                                                                    "cancelled"};
inline constexpr std::array<std::string_view, 4> kTicketStateNames = {"waiting", "called", "passed",
                                                                      "closed"};
inline constexpr std::array<std::string_view, 4> kWaitNames = {"turn", "steps", "held", "fee"};

}  // namespace bordergate::yard
