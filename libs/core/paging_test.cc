// Goal: a list is walked whole, page by page, and a token that is not ours is refused. Method: a list of
// seven, pages of three.
#include "libs/core/paging.h"

#include <gtest/gtest.h>

namespace bordergate {
namespace {

PageOf<int> List(const Page& page) {
  std::vector<int> found;
  for (int i = page.after.empty() ? 0 : std::stoi(page.after) + 1;
       i < 7 && found.size() <= static_cast<size_t>(page.size); ++i) {
    found.push_back(i);
  }
  return CutPage(std::move(found), page, [](int item) { return std::to_string(item); });
}

TEST(Paging, WalksAListOnce) {
  std::vector<int> seen;
  std::string token;
  do {
    FieldChecks checks;
    const PageOf<int> page = List(ReadPage(checks, 3, token));
    ASSERT_TRUE(checks.ok());
    seen.insert(seen.end(), page.items.begin(), page.items.end());
    token = page.last_key.empty() ? "" : PageToken(page.last_key);
  } while (!token.empty());
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4, 5, 6}));
}

TEST(Paging, RefusesAForeignTokenAndAHugePage) {
  FieldChecks checks;
  ReadPage(checks, 100'000, "not base64!");
  EXPECT_EQ(checks.Done().error().fields().size(), 2u);
}

TEST(Paging, HoldsFiftyWhenNothingIsSaid) {
  FieldChecks checks;
  EXPECT_EQ(ReadPage(checks, 0, "").size, 50);
  EXPECT_TRUE(checks.ok());
}

TEST(Paging, TakesOnlyNumbersAsKeysOfNumberedLists) {
  FieldChecks good;
  EXPECT_EQ(ReadNumberPage(good, 0, PageToken("17")).after, 17);
  EXPECT_EQ(ReadNumberPage(good, 0, "").after, 0);
  EXPECT_TRUE(good.ok());
  for (const char* key : {"x", "17x", "-1", "0", "99999999999999999999"}) {
    FieldChecks bad;
    ReadNumberPage(bad, 0, PageToken(key));
    EXPECT_EQ(bad.Done().error().fields().at(0).reason, "PAGE_TOKEN_INVALID") << key;
  }
}

}  // namespace
}  // namespace bordergate
