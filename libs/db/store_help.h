// Small things that every service's store does alike.
#pragma once

#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/core/check.h"
#include "libs/core/paging.h"
#include "libs/db/database.h"

namespace bordergate::db {

// Names of an enum's values in a table, in the enum's order. They are part of the data: never change one, add
// another.
template <class Enum, size_t kCount>
std::string_view NameOf(const std::array<std::string_view, kCount>& names, Enum value) {
  return names.at(static_cast<size_t>(value));
}

// The value of a name that the table's constraint allows.
template <class Enum, size_t kCount>
Enum ValueOf(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  BG_CHECK(false, "a table holds only names that its constraint allows");
}

// The error of an INSERT or UPDATE, with a broken unique constraint turned into the error that belongs to it.
inline Result<void> Stored(const Result<Rows>& result,
                           std::initializer_list<std::pair<std::string_view, Error>> by_constraint) {
  if (result) return {};
  if (!result.error().Is(kUniqueViolation)) return result.error();
  for (const auto& [constraint, error] : by_constraint) {
    if (result.error().metadata().at("constraint") == constraint) return error;
  }
  return result.error();
}

// A page of rows that were read with one more than the page holds.
template <class Item, class AnyPage, class Convert, class KeyOf>
PageOf<Item> ToPage(const Rows& rows, const AnyPage& page, Convert convert, KeyOf key_of) {
  std::vector<Item> items;
  for (const Row row : rows) items.push_back(convert(row));
  return CutPage(std::move(items), page, key_of);
}

}  // namespace bordergate::db
