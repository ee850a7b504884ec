// ISO 3166-1 alpha-2 countries, as of 2026-11.
#pragma once

#include <string_view>

namespace bordergate::customs {

bool IsCountryCode(std::string_view text);

}  // namespace bordergate::customs
