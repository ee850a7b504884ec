// Names of enum values in the tables. They are part of the data: never change one, add another.
#pragma once

#include <array>
#include <string_view>

#include "libs/db/store_help.h"
#include "services/fee/domain/payment.h"

namespace bordergate::fee {

inline constexpr std::array<std::string_view, 2> kDirectionNames = {"export", "import"};
inline constexpr std::array<std::string_view, 4> kInvoiceStateNames = {"open", "paid", "exempted", "void"};
inline constexpr std::array<std::string_view, 2> kPaymentStateNames = {"applied", "suspense"};
inline constexpr std::array<std::string_view, kAccountCount> kAccountNames = {
    "receivable", "revenue", "bank", "suspense", "exempted", "voided", "refundable"};

// The name, or nothing.
template <class Enum, size_t kCount>
std::optional<std::string_view> OptionalNameOf(const std::array<std::string_view, kCount>& names,
                                               const std::optional<Enum>& value) {
  if (!value) return std::nullopt;
  return db::NameOf(names, *value);
}

}  // namespace bordergate::fee
