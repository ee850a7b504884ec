// Goal: the driver of displays speaks Modbus, and the characters of its maps, not merely the language of our
// own twin. Method: the demands of display_test.cc against a server on pymodbus, a process of its own that
// decodes its registers itself.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "services/lane/device/modbus_display.h"
#include "services/lane/testing/independent_controller.h"

namespace bordergate::lane {
namespace {

class IndependentDisplay : public ::testing::Test {
 protected:
  ModbusDisplay DriverWith(std::string_view map) {
    return {{"127.0.0.1", server_.port(), 2, milliseconds(500)}, *ParseDisplayMap(map)};
  }
  void ExpectLine(int first, int count, const std::string& coding, const std::string& text) {
    const int before = server_.CountOf("shows " + text);
    server_.Tell(fmt::format("text {} {} {}", first, count, coding));
    EXPECT_EQ(server_.CountOf("shows " + text), before + 1) << "at " << first;
  }

  IndependentController server_{BORDERGATE_SOURCE_FOLDER "/services/lane/testing/independent_controller.py"};
};

TEST_F(IndependentDisplay, ShowsThreeLanguagesAndThePlateAndNothingOfALongerTextBefore) {
  ModbusDisplay display = DriverWith(embedded::lane_device::display_simulated_toml());
  ASSERT_TRUE(display.Show({Sign::kWait, "桂F1234挂"}));
  ExpectLine(0, 16, "utf-16-be", "CHỜ CÁN BỘ");
  ExpectLine(16, 16, "utf-16-be", "请等候工作人员");
  ExpectLine(32, 16, "utf-16-be", "WAIT FOR OFFICER");
  ExpectLine(48, 12, "utf-16-be", "桂F1234挂");
  ASSERT_TRUE(display.Show({Sign::kGo, ""}));
  ExpectLine(32, 16, "utf-16-be", "GO");
  ExpectLine(48, 12, "utf-16-be", "");
}

TEST_F(IndependentDisplay, ShowsCapitalsWithoutMarksByTheMapOfARealOne) {
  ModbusDisplay display = DriverWith(embedded::lane_device::display_ditel_dn109_toml());
  ASSERT_TRUE(display.Show({Sign::kGo, ""}));
  ExpectLine(0, 8, "ascii", "MOI DI");
}

TEST_F(IndependentDisplay, IsShownAgainWhatItForgotAndAfterItWasSilent) {
  ModbusDisplay display = DriverWith(embedded::lane_device::display_simulated_toml());
  ASSERT_TRUE(display.Show({Sign::kOpening, "12C34567"}));
  server_.Tell("blank");
  ASSERT_TRUE(display.Show({Sign::kOpening, "12C34567"}));
  ExpectLine(48, 12, "utf-16-be", "12C34567");
  server_.Tell("silent on");
  EXPECT_TRUE(display.Show({Sign::kGo, ""}).error().Is(kDisplayUnreachable));
  server_.Tell("silent off");
  ASSERT_TRUE(display.Show({Sign::kGo, ""}));
  ExpectLine(32, 16, "utf-16-be", "GO");
}

}  // namespace
}  // namespace bordergate::lane
