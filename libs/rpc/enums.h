// Between an enum of the rules and one of the contract: the contract's values are the rules' plus one, zero
// being "unspecified".
#pragma once

#include <optional>

namespace bordergate::rpc {

// Nothing for "unspecified" and for a value this program does not know.
//   last     the contract's largest value, v1::Vehicle::Kind_MAX
template <class Enum, class ProtoEnum>
std::optional<Enum> FromProtoEnum(ProtoEnum value, int last) {
  if (value <= 0 || value > last) return std::nullopt;
  return static_cast<Enum>(static_cast<int>(value) - 1);
}

template <class ProtoEnum, class Enum>
ProtoEnum ToProtoEnum(Enum value) {
  return static_cast<ProtoEnum>(static_cast<int>(value) + 1);
}

template <class ProtoEnum, class Enum>
ProtoEnum ToProtoEnum(const std::optional<Enum>& value) {
  return value ? ToProtoEnum<ProtoEnum>(*value) : ProtoEnum{};
}

}  // namespace bordergate::rpc
