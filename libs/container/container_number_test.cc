// Goal: container numbers are taken as ISO 6346 says. Method: the standard's own example, numbers of real
// boxes as they stand in public registers, and each place of one changed.
#include "libs/container/container_number.h"

#include <gtest/gtest.h>

namespace bordergate {
namespace {

TEST(ContainerNumber, OfRealBoxesIsGood) {
  for (const char* number : {"CSQU3054383", "CBHU3202732", "MSKU6011672", "TEMU6079348", "TGHU7599330"}) {
    EXPECT_TRUE(IsContainerNumber(number)) << number;
  }
}

// Not for every single one: a remainder of ten is written as 0.
TEST(ContainerNumber, IsRefusedForMostSingleMisreads) {
  const std::string number = "CSQU3054383";
  int accepted = 0;
  int tried = 0;
  for (size_t place = 4; place < number.size(); ++place) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string misread = number;
      misread[place] = digit;
      if (misread == number) continue;
      ++tried;
      accepted += IsContainerNumber(misread) ? 1 : 0;
    }
  }
  EXPECT_EQ(tried, 63);
  EXPECT_LE(accepted, 3);
}

TEST(ContainerNumber, IsOneSpellingHoweverItIsWritten) {
  EXPECT_EQ(NormaliseContainerNumber("csqu 305438-3"), "CSQU3054383");
  EXPECT_FALSE(IsContainerNumber("csqu3054383"));
}

TEST(ContainerNumber, OfAnotherFormIsNotGood) {
  for (const char* text :
       {"", "CSQU305438", "CSQU30543833", "CSQX3054383", "CSQ13054383", "CSQU30543O3", "12R61570"}) {
    EXPECT_FALSE(IsContainerNumber(text)) << text;
  }
}

TEST(ContainerNumber, RemainderOfTenIsWrittenAsZero) { EXPECT_EQ(ContainerCheckDigit("MSKU100009"), '0'); }

}  // namespace
}  // namespace bordergate
