// Goal: what stands on a display is the newest message, or the display is known to be silent; nobody who
// posts waits for it. Method: a Modbus TCP server that misbehaves on demand, by the maps of the program. The
// same tests are what any display's driver must pass.
#include <future>

#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "services/lane/device/display_poster.h"
#include "services/lane/device/modbus_display.h"
#include "services/lane/testing/register_server.h"

namespace bordergate::lane {
namespace {

using PanelFault = RegisterServer::Fault;

constexpr std::string_view kAsciiMap = R"(
  characters = "ascii"
  [[lines]]
  shows = "vi"
  first = 4
  length = 15
  [[lines]]
  shows = "plate"
  first = 12
  length = 8)";

DisplayMap Utf16Map() { return *ParseDisplayMap(embedded::lane_device::display_simulated_toml()); }
std::unique_ptr<ModbusDisplay> DriverOf(const RegisterServer& panel, DisplayMap map) {
  return std::make_unique<ModbusDisplay>(ModbusAddress{"127.0.0.1", panel.port(), 1, milliseconds(100)},
                                         std::move(map));
}
std::string Line(const RegisterServer& panel, int first, int count,
                 DisplayMap::Characters characters = DisplayMap::Characters::kUtf16) {
  return DecodeLine(characters, panel.Registers(first, count));
}

TEST(ModbusDisplay, ShowsThreeLanguagesAndThePlate) {
  const RegisterServer panel;
  const auto display = DriverOf(panel, Utf16Map());
  ASSERT_TRUE(display->Show({Sign::kWait, "12C34567"}));
  EXPECT_EQ(Line(panel, 0, 16), "CHỜ CÁN BỘ");
  EXPECT_EQ(Line(panel, 16, 16), "请等候工作人员");
  EXPECT_EQ(Line(panel, 32, 16), "WAIT FOR OFFICER");
  EXPECT_EQ(Line(panel, 48, 12), "12C34567");
  ASSERT_TRUE(display->Show({Sign::kStop, ""}));
  EXPECT_EQ(Line(panel, 48, 12), "") << "nothing of the longer text stays";
}

TEST(ModbusDisplay, ShowsCapitalsWithoutMarksWhereThereAreNoOthers) {
  const RegisterServer panel;
  ASSERT_TRUE(DriverOf(panel, *ParseDisplayMap(kAsciiMap))->Show({Sign::kGo, "粤A12345"}));
  EXPECT_EQ(Line(panel, 4, 8, DisplayMap::Characters::kAscii), "MOI DI");
  EXPECT_EQ(Line(panel, 12, 4, DisplayMap::Characters::kAscii), "?A12345");
}

TEST(ModbusDisplay, WritesOnlyWhatHasChanged) {
  const RegisterServer panel;
  const auto display = DriverOf(panel, Utf16Map());
  ASSERT_TRUE(display->Show({Sign::kGo, "12C34567"}));
  EXPECT_EQ(panel.writes(), 4);
  ASSERT_TRUE(display->Show({Sign::kGo, "12C34567"}));
  EXPECT_EQ(panel.writes(), 4);
  ASSERT_TRUE(display->Show({Sign::kGo, "12C34568"}));
  EXPECT_EQ(panel.writes(), 5);
}

TEST(ModbusDisplay, SaysThatADisplayIsSilentAndWorksAgainWhenItIsNot) {
  RegisterServer panel;
  const auto display = DriverOf(panel, Utf16Map());
  for (const PanelFault fault : {PanelFault::kSilent, PanelFault::kHangsUp, PanelFault::kKeepsNothing}) {
    panel.Forget();
    panel.fault = fault;
    const auto shown = display->Show({Sign::kGo, ""});
    ASSERT_FALSE(shown);
    EXPECT_TRUE(shown.error().Is(kDisplayUnreachable));
    panel.fault = PanelFault::kNone;
    EXPECT_TRUE(display->Show({Sign::kGo, ""}));
  }
}

TEST(ModbusDisplay, RestoresWhatADisplayForgot) {
  RegisterServer panel;
  const auto display = DriverOf(panel, Utf16Map());
  ASSERT_TRUE(display->Show({Sign::kGo, ""}));
  panel.Forget();
  ASSERT_TRUE(display->Show({Sign::kGo, ""}));
  EXPECT_EQ(Line(panel, 32, 16), "GO");
}

TEST(DisplayMap, NamesEveryFault) {
  const auto map = ParseDisplayMap(R"(
    characters = "ascii"
    colour = 1
    [[lines]]
    shows = "zh"
    first = 0
    length = 0)");
  ASSERT_FALSE(map);
  EXPECT_TRUE(map.error().Is(kRegisterMapInvalid));
  for (const char* fault : {"zh needs", "lines[0].length", "colour is not a known key"}) {
    EXPECT_NE(map.error().message().find(fault), std::string::npos) << map.error().message();
  }
  EXPECT_FALSE(ParseDisplayMap("characters = \"utf16\""));
  const auto overlap = ParseDisplayMap(
      "characters='utf16'\nlines=[{shows='vi',first=0,length=16},{shows='en',first=15,length=16}]");
  ASSERT_FALSE(overlap);
  EXPECT_NE(overlap.error().message().find("overlap"), std::string::npos);
}

TEST(DisplayMap, OfTheProgramAreRight) {
  for (const std::string_view toml :
       {embedded::lane_device::display_simulated_toml(), embedded::lane_device::display_ditel_dn109_toml()}) {
    EXPECT_TRUE(ParseDisplayMap(toml)) << toml;
  }
}

// Shows nothing until it is let.
class SlowDisplay final : public Display {
 public:
  Result<void> Show(const DisplayMessage& message) override {
    shown.push_back(message);
    if (shown.size() == 1) {
      began.set_value();
      go_on.get_future().wait();
    } else {
      second.set_value();
    }
    return {};
  }
  std::promise<void> began, go_on, second;
  std::vector<DisplayMessage> shown;
};

TEST(DisplayPoster, KeepsNobodyWaitingAndShowsTheNewest) {
  const SystemClock clock;
  auto slow = std::make_unique<SlowDisplay>();
  SlowDisplay& display = *slow;
  std::vector<DisplayMessage> shown;
  {
    DisplayPoster poster(std::move(slow), clock, std::chrono::hours(1));
    EXPECT_FALSE(poster.Age().fresh()) << "nothing has stood there yet";
    poster.Post({Sign::kStop, ""});
    display.began.get_future().wait();
    for (const Sign sign : {Sign::kReading, Sign::kOpening, Sign::kGo}) poster.Post({sign, ""});
    display.go_on.set_value();
    display.second.get_future().wait();
    shown = display.shown;
  }
  EXPECT_EQ(shown, (std::vector<DisplayMessage>{{Sign::kStop, ""}, {Sign::kGo, ""}}));
}

TEST(DisplayPoster, TellsHowOldTheLastAnswerIs) {
  RegisterServer panel;
  const SystemClock clock;
  DisplayPoster poster(DriverOf(panel, Utf16Map()), clock, milliseconds(5));
  poster.Post({Sign::kGo, ""});
  while (!poster.Age().fresh()) std::this_thread::yield();
  panel.Forget();
  while (Line(panel, 32, 16) != "GO") std::this_thread::yield();  // by itself
  panel.fault = PanelFault::kSilent;
  while (*poster.Age().age < milliseconds(150)) std::this_thread::yield();
  panel.fault = PanelFault::kNone;
  while (*poster.Age().age >= milliseconds(150)) std::this_thread::yield();
}

}  // namespace
}  // namespace bordergate::lane
