// Pages of long lists: by a key that the list is ordered by, never by counting, so that a page costs the same
// wherever it lies.
#pragma once

#include <string>
#include <vector>

#include "libs/core/field_checks.h"

namespace bordergate {

struct Page {
  int size = 50;
  std::string after;  // key of the last item of the page before; empty for the first page
};

template <class Item>
struct PageOf {
  std::vector<Item> items;
  std::string last_key;  // key of the last item when more follow; empty at the end
};

// Reads `page_size` (0 means 50, at most `size_max`) and `page_token` of a request.
// Reasons added: NUMBER_OUT_OF_RANGE, PAGE_TOKEN_INVALID.
Page ReadPage(FieldChecks& checks, int page_size, std::string_view page_token, int size_max = 200);

// The same for a list ordered by a number from 1: the key is that number.
struct NumberPage {
  int size = 50;
  int64_t after = 0;  // number of the last item of the page before; 0 for the first page
};
NumberPage ReadNumberPage(FieldChecks& checks, int page_size, std::string_view page_token,
                          int size_max = 200);

// The `next_page_token` of an answer: opaque to the caller.
std::string PageToken(std::string_view last_key);

// Cuts a list that was read with one item more than the page holds.
template <class Item, class AnyPage, class KeyOf>
PageOf<Item> CutPage(std::vector<Item> items, const AnyPage& page, KeyOf key_of) {
  PageOf<Item> result;
  if (items.size() > static_cast<size_t>(page.size)) {
    items.resize(static_cast<size_t>(page.size));
    result.last_key = key_of(items.back());
  }
  result.items = std::move(items);
  return result;
}

}  // namespace bordergate
