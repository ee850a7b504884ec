// From rows to what they hold.
#pragma once

#include "libs/core/paging.h"
#include "libs/db/value.h"
#include "services/identity/domain/machine.h"
#include "services/identity/domain/person.h"

namespace bordergate::identity {

Person ToPerson(const db::Row& row);
ApiClient ToApiClient(const db::Row& row);
Device ToDevice(const db::Row& row);

template <class Item, class Convert, class KeyOf>
PageOf<Item> ToPage(const db::Rows& rows, const Page& page, Convert convert, KeyOf key_of) {
  std::vector<Item> items;
  items.reserve(rows.size());
  for (const db::Row row : rows) items.push_back(convert(row));
  return CutPage(std::move(items), page, key_of);
}

}  // namespace bordergate::identity
