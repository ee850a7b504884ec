#include "services/camera/domain/heard_tag.h"

#include "libs/core/text.h"

namespace bordergate::camera {

std::optional<std::string> NormalTagId(std::string_view text) {
  constexpr size_t kDigitsMin = 16;
  constexpr size_t kDigitsMax = 48;
  if (text.size() < kDigitsMin || text.size() > kDigitsMax || text.size() % 2 != 0) return std::nullopt;
  std::string id = UpperAscii(text);
  if (id.find_first_not_of("0123456789ABCDEF") != std::string::npos) return std::nullopt;
  return id;
}

}  // namespace bordergate::camera
