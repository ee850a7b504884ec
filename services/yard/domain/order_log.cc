#include "services/yard/domain/order_log.h"

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "libs/core/text.h"

namespace bordergate::yard {

std::string FirstDigest() { return std::string(32, '\0'); }

std::string DigestOf(const OrderEntry& entry, std::string_view digest_before) {
  const std::string text =
      fmt::format("bordergate order v1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n", entry.gate_id,
                  entry.position, entry.time.time_since_epoch().count(), entry.kind, entry.ticket_id,
                  entry.number, DetailsText(entry.details), entry.actor, entry.actor_name, entry.reason);
  return Sha256(std::string(digest_before) + text);
}

std::string DetailsText(const std::map<std::string, std::string>& details) {
  std::string text;
  for (const auto& [name, value] : details) {
    if (!text.empty()) text += ' ';
    text += name + '=' + value;
  }
  return text;
}

std::map<std::string, std::string> ReadDetails(std::string_view text) {
  std::map<std::string, std::string> details;
  for (const std::string_view pair : Split(text, ' ')) {
    const size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    details.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return details;
}

std::optional<std::string> ChainCheck::Next(const OrderEntry& entry) {
  if (entry.position != position_ + 1) {
    return fmt::format("entry {} follows entry {}", entry.position, position_);
  }
  if (entry.digest != DigestOf(entry, digest_)) {
    return fmt::format("entry {} is not what was written, or what stood before it has changed",
                       entry.position);
  }
  position_ = entry.position;
  digest_ = entry.digest;
  return std::nullopt;
}

}  // namespace bordergate::yard
