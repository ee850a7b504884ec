// Goal: the display keeps and tells what is written to it, as a real one does. Method: a client written from
// the specification.
#include "services/simulator/device/display_panel.h"

#include <gtest/gtest.h>

#include "libs/core/text.h"
#include "services/simulator/domain/reasons.h"
#include "services/simulator/testing/modbus_peer.h"

namespace bordergate::simulator {
namespace {

// Function 16: text from a register on, one UTF-16 unit each.
std::vector<uint8_t> TextRequest(uint16_t first, const std::string& text) {
  const std::u32string points = *DecodeUtf8(text);
  std::vector<uint8_t> payload = {static_cast<uint8_t>(first >> 8), static_cast<uint8_t>(first), 0,
                                  static_cast<uint8_t>(points.size()),
                                  static_cast<uint8_t>(2 * points.size())};
  for (const char32_t one : points) {
    payload.push_back(static_cast<uint8_t>(one >> 8));
    payload.push_back(static_cast<uint8_t>(one));
  }
  return payload;
}

TEST(DisplayPanel, ShowsWhatIsWrittenToItLineByLine) {
  const auto panel = DisplayPanel::Start("127.0.0.1", 0, 1).value();
  EXPECT_EQ(panel->Lines(), (std::vector<std::string>{"", "", "", ""}));
  ModbusPeer peer(panel->port());
  EXPECT_EQ(peer.Ask(16, TextRequest(0, "MỜI ĐI  ")).exception, 0);
  EXPECT_EQ(peer.Ask(16, TextRequest(16, "请通行")).exception, 0);
  EXPECT_EQ(peer.Ask(16, TextRequest(48, "12C34567")).exception, 0);
  EXPECT_EQ(panel->Lines(), (std::vector<std::string>{"MỜI ĐI", "请通行", "", "12C34567"}));
  const auto read = peer.Ask(3, {0, 48, 0, 2});
  ASSERT_TRUE(read.came);
  EXPECT_EQ(read.data, (std::vector<uint8_t>{4, 0, '1', 0, '2'}));
}

TEST(DisplayPanel, AnswersWhatItDoesNotHaveWithTheExceptionOfTheStandard) {
  const auto panel = DisplayPanel::Start("127.0.0.1", 0, 1).value();
  ModbusPeer peer(panel->port());
  EXPECT_EQ(peer.Ask(3, {0, 60, 0, 1}).exception, 2);
  EXPECT_EQ(peer.ReadCoils(0, 1).exception, 2);
  peer.unit_id = 7;
  EXPECT_EQ(peer.Ask(3, {0, 0, 0, 1}).exception, 11);
}

TEST(DisplayPanel, DoesNotStartOnAPortThatIsTaken) {
  const auto panel = DisplayPanel::Start("127.0.0.1", 0, 1).value();
  const auto second = DisplayPanel::Start("127.0.0.1", panel->port(), 1);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().Is(kControllerPortTaken));
}

}  // namespace
}  // namespace bordergate::simulator
