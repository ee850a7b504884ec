// Goal: Vietnamese and Chinese text is the same bytes wherever it was typed. Method: composed and decomposed
// forms.
#include "libs/core/text.h"

#include <gtest/gtest.h>

namespace bordergate {
namespace {

TEST(Text, ComposesWhatSomeSystemsTypeInPieces) {
  EXPECT_EQ(NormaliseNfc("Nguye\xcc\x82\xcc\x83n"), "Nguyễn");  // e + circumflex + tilde
  EXPECT_EQ(NormaliseNfc("桂F12345"), "桂F12345");
}

TEST(Text, LeavesBrokenUtf8ForTheChecksToName) { EXPECT_EQ(NormaliseNfc("\xc3("), "\xc3("); }

TEST(Text, CountsCodePoints) {
  EXPECT_EQ(CountCodePoints("Đặng"), 4);
  EXPECT_EQ(CountCodePoints("挂"), 1);
  EXPECT_EQ(CountCodePoints("\xe6\x8c"), std::nullopt);
}

TEST(Text, DecodesWhatItEncodes) { EXPECT_EQ(EncodeUtf8(DecodeUtf8("Đ挂A").value()), "Đ挂A"); }

TEST(Text, FindsControlCharacters) {
  EXPECT_TRUE(HasControlCharacters("a\tb"));
  EXPECT_TRUE(
      HasControlCharacters("a\xc2\x85"
                           "b"));
  EXPECT_FALSE(HasControlCharacters("Công ty TNHH"));
}

TEST(Text, FoldsWhatPeopleTypeInManyWays) {
  for (const char* written : {"HÀNG HÓA", "hàng hoá", "Hang hoa", "ｈàng hóa"})
    EXPECT_EQ(FoldText(written), "hang hoa");
  EXPECT_EQ(FoldText("Đồ điện Tử"), "do dien tu");
  EXPECT_EQ(FoldText("货物"), "货物");
  EXPECT_EQ(FoldText("\xc3("), "\xc3(");
}

TEST(Text, TrimsAndSplits) {
  EXPECT_EQ(Trim("  a b\n"), "a b");
  EXPECT_EQ(Trim(" \t"), "");
  EXPECT_EQ(Split("a,,b", ',').size(), 3u);
}

}  // namespace
}  // namespace bordergate
