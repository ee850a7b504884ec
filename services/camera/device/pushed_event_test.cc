// Goal: what makers' cameras send is read whole or refused with the right reason, whatever it is. Method:
// events as the makers document them; the same cut, damaged, nested, with a document type, of other kinds.
#include "services/camera/device/pushed_event.h"

#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "services/camera/domain/reasons.h"
#include "services/camera/testing/push_bodies.h"

namespace bordergate::camera {
namespace {

constexpr Instant kSevenHours = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) +
                                std::chrono::milliseconds(7 * 3'600'000 + 250);
const std::string kSmall = "\xFF\xD8 the plate alone";
const std::string kScene = "\xFF\xD8 the whole scene, the larger of the two\r\n--\r\n";

Result<PushedEvent> Hikvision(const std::string& body, const std::string& type = kHikvisionType) {
  return ReadHikvisionEvent({.content_type = type, .bytes = body}, 420);
}

Result<PushedEvent> Dahua(const std::string& body, const std::string& type = "application/json") {
  return ReadDahuaEvent({.content_type = type, .bytes = body}, 420);
}

TEST(PushedEvent, HikvisionsHoldsThePlateItsTimeAndTheLargestPicture) {
  const auto event = Hikvision(HikvisionBody(HikvisionXml("12C12345", kSevenHours), {kSmall, kScene}));
  ASSERT_TRUE(event.has_value()) << event.error().message();
  EXPECT_TRUE(event->is_plate);
  EXPECT_EQ(event->plate, "12C12345");
  EXPECT_DOUBLE_EQ(event->confidence, 0.98);
  EXPECT_EQ(event->stated_time, kSevenHours);
  EXPECT_EQ(event->picture, kScene);
}

TEST(PushedEvent, HikvisionsMayComeWithoutPicturesAndAsASignOfLife) {
  const auto alone = Hikvision(HikvisionXml("桂F1234挂", kSevenHours), "application/xml; charset=\"UTF-8\"");
  EXPECT_EQ(alone->plate, "桂F1234挂");
  EXPECT_EQ(alone->picture, "");
  const auto sign = Hikvision(HikvisionXml("", kSevenHours, "videoloss"), "text/xml");
  EXPECT_FALSE(sign->is_plate);
  EXPECT_EQ(sign->stated_time, kSevenHours);
}

TEST(PushedEvent, DahuasHoldsThePlateItsTimeOnTheWallAndTheLargestPicture) {
  const auto event = Dahua(DahuaBody("29H-678.90", kSevenHours, kScene));
  ASSERT_TRUE(event.has_value()) << event.error().message();
  EXPECT_TRUE(event->is_plate);
  EXPECT_EQ(event->plate, "29H-678.90");
  EXPECT_DOUBLE_EQ(event->confidence, 0.95);
  EXPECT_EQ(event->stated_time, kSevenHours);
  EXPECT_EQ(event->picture, kScene);
  EXPECT_FALSE(Dahua(R"({"Active":"keepAlive","DeviceID":"8F0A1C"})")->is_plate);
}

TEST(PushedEvent, OneThatIsCutOffIsRefusedAtEveryCut) {
  const std::string hikvision = HikvisionBody(HikvisionXml("12C12345", kSevenHours), {kSmall, kScene});
  for (size_t length = 0; length < hikvision.size() - 4; ++length) {
    const auto event = Hikvision(hikvision.substr(0, length));
    ASSERT_FALSE(event.has_value()) << length;
    EXPECT_TRUE(event.error().Is(kPushUnreadable)) << length;
  }
  const std::string dahua = DahuaBody("12C12345", kSevenHours, kScene);
  for (size_t length = 0; length < dahua.size(); ++length) {
    const auto event = Dahua(dahua.substr(0, length));
    ASSERT_FALSE(event.has_value()) << length;
    EXPECT_TRUE(event.error().Is(kPushUnreadable)) << length;
  }
}

TEST(PushedEvent, XmlWithADocumentTypeIsRefusedAndNothingOfItExpanded) {
  const std::string alert = "<EventNotificationAlert><eventType>&lol9;</eventType></EventNotificationAlert>";
  std::string bomb = "<!DOCTYPE x [<!ENTITY lol \"lol\">";
  for (int i = 1; i < 10; ++i) bomb += fmt::format("<!ENTITY lol{} \"&lol;&lol;&lol;&lol;&lol;\">", i);
  for (const std::string& type : {bomb + "]>", std::string("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">"),
                                  std::string("<!DOCTYPE x [<!ENTITY y SYSTEM \"http://192.0.2.1/\">]>")}) {
    const auto event = Hikvision(type + alert, "text/xml");
    ASSERT_FALSE(event.has_value()) << type;
    EXPECT_TRUE(event.error().Is(kPushUnreadable));
    EXPECT_EQ(event.error().message(), "XML with a document type");
  }
  // Without one an entity is six characters of text.
  EXPECT_FALSE(Hikvision(alert, "text/xml")->is_plate);
}

TEST(PushedEvent, OneThatIsNestedOrSwollenIsRefused) {
  std::string deep;
  for (int i = 0; i < 40'000; ++i) deep += "<a>";
  EXPECT_TRUE(Hikvision(deep, "text/xml").error().Is(kPushUnreadable));
  EXPECT_TRUE(Hikvision(std::string(300'000, ' ') + "<EventNotificationAlert/>", "text/xml")
                  .error()
                  .Is(kPushUnreadable));
  const std::string brackets(4'000'000, '[');
  EXPECT_TRUE(Dahua(brackets).error().Is(kPushUnreadable));
  EXPECT_TRUE(Dahua(R"({"Picture":)" + brackets).error().Is(kPushUnreadable));
  std::string closed = R"({"a":)" + std::string(20, '[') + std::string(20, ']') + "}";
  EXPECT_TRUE(Dahua(closed).error().Is(kPushUnreadable));
  std::string many = R"({"a":[0)";
  for (int i = 0; i < 10'000; ++i) many += ",0";
  EXPECT_TRUE(Dahua(many + "]}").error().Is(kPushUnreadable));
  std::string parts;
  for (int i = 0; i < 17; ++i) parts += "--b\r\nContent-Type: image/jpeg\r\n\r\nx\r\n";
  EXPECT_TRUE(Hikvision(parts + "--b--", "multipart/form-data; boundary=b").error().Is(kPushUnreadable));
}

TEST(PushedEvent, AnotherKindIsToldApartFromABrokenOne) {
  const std::string xml = HikvisionXml("12C12345", kSevenHours);
  EXPECT_TRUE(Hikvision(xml, "application/json").error().Is(kPushUnsupported));
  EXPECT_TRUE(Hikvision(xml, "").error().Is(kPushUnsupported));
  EXPECT_TRUE(Hikvision(xml, "multipart/form-data").error().Is(kPushUnreadable)) << "without a boundary";
  EXPECT_TRUE(Hikvision("--b\r\nContent-Type: video/mp4\r\n\r\nx\r\n--b--", "multipart/mixed; boundary=b")
                  .error()
                  .Is(kPushUnsupported));
  EXPECT_TRUE(Hikvision("--b\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--", "multipart/mixed; boundary=b")
                  .error()
                  .Is(kPushUnreadable))
      << "a picture of nothing";
  EXPECT_TRUE(Dahua(DahuaBody("12C12345", kSevenHours, kScene), "text/xml").error().Is(kPushUnsupported));
  EXPECT_TRUE(Hikvision("<html/>", "text/xml").error().Is(kPushUnreadable));
  EXPECT_TRUE(
      Dahua(R"({"Picture":{"NormalPic":{"Content":"%%%"},"SnapInfo":{"SnapTime":"2026-11-22 14:00:00"}}})")
          .error()
          .Is(kPushUnreadable));
}

TEST(PushedEvent, APlateWithoutItsTimeIsRefused) {
  EXPECT_TRUE(Dahua(R"({"Picture":{"Plate":{"PlateNumber":"12C12345"}}})").error().Is(kPushUnreadable));
  EXPECT_TRUE(Hikvision("<EventNotificationAlert><eventType>ANPR</eventType><dateTime>yesterday</dateTime>"
                        "</EventNotificationAlert>",
                        "text/xml")
                  .error()
                  .Is(kPushUnreadable));
}

TEST(PushedEvent, ATimeLiesBetween1970And9999) {
  EXPECT_TRUE(ReadPushedTime("1970-01-01 00:00:00", 420)) << "a clock that was never set";
  EXPECT_TRUE(ReadPushedTime("2026-11-22T14:05:09.250+07:00", 0));
  for (const char* text :
       {"-292277-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "292277026596-12-04T00:00:00Z",
        "1960-01-01T00:00:00Z", "infinite-past, is not a time"})
    EXPECT_FALSE(ReadPushedTime(text, 420)) << text;
}

TEST(PushedEvent, OneThatIsDamagedAtRandomIsReadOrRefused) {
  SeededRandom random(30);
  const std::string hikvision = HikvisionBody(HikvisionXml("12C12345", kSevenHours), {kSmall, kScene});
  const std::string dahua = DahuaBody("12C12345", kSevenHours, kScene);
  int refused = 0;
  for (int round = 0; round < 4000; ++round) {
    for (const bool first : {true, false}) {
      std::string body = first ? hikvision : dahua;
      for (int i = 0; i < 3; ++i) body[random.Below(body.size())] = static_cast<char>(random.Below(256));
      const auto event = first ? Hikvision(body) : Dahua(body);
      if (event) continue;
      ++refused;
      EXPECT_TRUE(event.error().Is(kPushUnreadable) || event.error().Is(kPushUnsupported));
    }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace bordergate::camera
