// Goal: what a reader of transponders says is read wholly or not at all, whatever somebody sends in its name.
// Method: messages as the makers document them, and the same broken in every way.
#include "services/camera/device/tag_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/camera/domain/reasons.h"
#include "services/camera/testing/tag_bodies.h"

namespace bordergate::camera {
namespace {

constexpr char kJson[] = "application/json; charset=utf-8";

Instant At(const char* text) { return ParseInstant(text).value(); }

Result<TagReport> Read(TagFormat format, const std::string& bytes, const std::string& type = kJson) {
  return ReadTagReport(format, {.content_type = type, .bytes = bytes});
}

void ExpectUnreadable(TagFormat format, const std::string& bytes) {
  const auto report = Read(format, bytes);
  ASSERT_FALSE(report.has_value()) << bytes.substr(0, 200);
  EXPECT_TRUE(report.error().Is(kPushUnreadable)) << bytes.substr(0, 200);
}

std::string Without(std::string text, const std::string& part, const std::string& instead = "") {
  const size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), instead);
}

TEST(TagReport, OfImpinjHasEveryTagOfTheArrayAndNoOtherEvent) {
  const Instant time = At("2026-11-22T07:05:09.25Z");
  const auto report =
      Read(TagFormat::kImpinj, TagBody({ImpinjStatus(time), ImpinjTag(kTagOne, time, 2, -5234),
                                        ImpinjTag("e280119020006f0011223344", time)}))
          .value();
  ASSERT_EQ(report.size(), 2U);
  EXPECT_EQ(report[0].tag_id, kTagOne);
  EXPECT_EQ(report[0].antenna, 2);
  EXPECT_EQ(report[0].rssi_cdbm, -5234);
  EXPECT_EQ(report[0].stated_time, time);
  EXPECT_EQ(report[1].tag_id, kTagTwo) << "in upper case";
}

TEST(TagReport, OfImpinjIsDatedByWhenTheTagWasHeardLast) {
  const Instant time = At("2026-11-22T07:05:09Z");
  const std::string event = ImpinjTag(kTagOne, time);
  const std::string held = Without(event, FormatInstant(time), "2026-11-22T07:05:14Z");
  EXPECT_EQ(Read(TagFormat::kImpinj, TagBody({held}))->at(0).stated_time, time);
  const std::string only = Without(event, "\"lastSeenTime\":\"" + FormatInstant(time) + "\",");
  EXPECT_EQ(Read(TagFormat::kImpinj, TagBody({only}))->at(0).stated_time, time);
}

TEST(TagReport, OfZebraHasItsTimeWithAZoneWithoutColon) {
  const Instant time = At("2026-11-22T07:05:09.25Z");
  const auto report = Read(TagFormat::kZebra, TagBody({ZebraTag(kTagOne, time, 3, -52)})).value();
  ASSERT_EQ(report.size(), 1U);
  EXPECT_EQ(report[0].tag_id, kTagOne);
  EXPECT_EQ(report[0].antenna, 3);
  EXPECT_EQ(report[0].rssi_cdbm, -5200);
  EXPECT_EQ(report[0].stated_time, time);
  std::string hanoi = ZebraTag(kTagOne, time);
  hanoi = Without(hanoi, "T07:05:09", "T14:05:09");
  hanoi = Without(hanoi, "+0000", "+0700");
  EXPECT_EQ(Read(TagFormat::kZebra, hanoi)->at(0).stated_time, time) << "and one event alone is taken";
}

TEST(TagReport, OfAReaderThatOnlyLivesIsEmpty) {
  const Instant time = At("2026-11-22T07:05:09Z");
  EXPECT_TRUE(Read(TagFormat::kImpinj, "[]")->empty());
  EXPECT_TRUE(Read(TagFormat::kImpinj, TagBody({ImpinjStatus(time)}))->empty());
  EXPECT_TRUE(Read(TagFormat::kZebra, "[]")->empty());
  EXPECT_TRUE(Read(TagFormat::kZebra, ZebraHeartbeat(time))->empty());
}

TEST(TagReport, TellsThatATagHasNoIdAndDoesNotTakeItsEpcInstead) {
  const Instant time = At("2026-11-22T07:05:09Z");
  for (const std::string& tid : {std::string(), std::string(kTagOne)}) {
    const std::string impinj =
        tid.empty() ? ImpinjTag("", time) : Without(ImpinjTag(tid, time), "\"tidHex\":\"" + tid + "\",");
    const std::string zebra =
        tid.empty() ? ZebraTag("", time) : Without(ZebraTag(tid, time), "\"TID\":\"" + tid + "\",");
    EXPECT_EQ(Read(TagFormat::kImpinj, TagBody({impinj}))->at(0).tag_id, "");
    EXPECT_EQ(Read(TagFormat::kZebra, TagBody({zebra}))->at(0).tag_id, "");
  }
}

TEST(TagReport, DoesWithoutAntennaAndStrength) {
  const Instant time = At("2026-11-22T07:05:09Z");
  std::string event = ImpinjTag(kTagOne, time);
  event = Without(event, "\"antennaPort\":1,");
  EXPECT_EQ(Read(TagFormat::kImpinj, TagBody({event}))->at(0).antenna, 0);
  for (const char* rssi : {"12", "-1e300", "\"-40\"", "null", "0", "-13000"}) {
    const std::string odd = Without(event, "-5234", rssi);
    EXPECT_EQ(Read(TagFormat::kImpinj, TagBody({odd}))->at(0).rssi_cdbm, 0) << rssi;
  }
}

TEST(TagReport, OfWrongTypesIsRefusedWhole) {
  const Instant time = At("2026-11-22T07:05:09Z");
  const std::string good = ImpinjTag(kTagTwo, time);
  const std::string tag = ImpinjTag(kTagOne, time);
  const std::string quoted = "\"" + std::string(kTagOne) + "\"";
  for (const std::string& bad :
       {Without(tag, quoted, "17"), Without(tag, quoted, "\"E28011\""),
        Without(tag, quoted, "\"<script>1234567\""), Without(tag, quoted, "[]"),
        Without(tag, "\"antennaPort\":1", "\"antennaPort\":65"),
        Without(tag, "\"antennaPort\":1", "\"antennaPort\":-1"),
        Without(tag, "\"antennaPort\":1", "\"antennaPort\":18446744073709551615"),
        Without(tag, "\"antennaPort\":1", "\"antennaPort\":\"1\""), Without(tag, "\"tagInventory\"", "5"),
        Without(tag, "\"eventType\"", "\"eventtype\""),
        Without(tag, "\"tagInventoryEvent\":{", "\"other\":{"), std::string("7"), std::string("null"),
        std::string("[]")}) {
    ExpectUnreadable(TagFormat::kImpinj, TagBody({good, bad}));
  }
  std::string timeless = Without(tag, "\"timestamp\":\"" + FormatInstant(time) + "\",");
  timeless = Without(timeless, "\"lastSeenTime\":\"" + FormatInstant(time) + "\",");
  ExpectUnreadable(TagFormat::kImpinj, TagBody({good, timeless}));
  ExpectUnreadable(TagFormat::kImpinj, good);  // not an array
  const std::string zebra = ZebraTag(kTagOne, time);
  for (const std::string& bad :
       {Without(zebra, quoted, "17"), Without(zebra, "\"antenna\":1", "\"antenna\":1.5"),
        Without(zebra, "+0000", "+00:0"), Without(zebra, "2026-11-22", "22/11/2026"),
        Without(zebra, "\"timestamp\"", "\"time\""), std::string("\"text\""), std::string("[[]]")}) {
    ExpectUnreadable(TagFormat::kZebra, TagBody({ZebraTag(kTagTwo, time), bad}));
  }
}

TEST(TagReport, ThatIsDeepHugeOrCutIsRefused) {
  const Instant time = At("2026-11-22T07:05:09Z");
  for (const TagFormat format : {TagFormat::kImpinj, TagFormat::kZebra}) {
    ExpectUnreadable(format, std::string(100'000, '['));
    ExpectUnreadable(format, std::string(9, '[') + std::string(9, ']'));
    ExpectUnreadable(format, "");
    ExpectUnreadable(format, "{");
    std::string values = "[0";
    for (int i = 0; i < 100'000; ++i) values += ",0";
    ExpectUnreadable(format, values + "]");
  }
  const std::string whole = TagBody({ImpinjTag(kTagOne, time)});
  for (size_t length = 0; length < whole.size(); ++length)
    ExpectUnreadable(TagFormat::kImpinj, whole.substr(0, length));
  const std::string zebra = ZebraTag(kTagOne, time);
  for (size_t length = 0; length < zebra.size(); ++length)
    ExpectUnreadable(TagFormat::kZebra, zebra.substr(0, length));
}

TEST(TagReport, TakesAsManyTagsAsAReaderHearsAtOnce) {
  const std::vector<std::string> events(500, ImpinjTag(kTagOne, At("2026-11-22T07:05:09Z")));
  EXPECT_EQ(Read(TagFormat::kImpinj, TagBody(events))->size(), 500U);
}

TEST(TagReport, OfAnotherContentTypeIsNotTaken) {
  for (const char* type : {"", "text/plain", "application/xml"})
    EXPECT_TRUE(Read(TagFormat::kZebra, "[]", type).error().Is(kPushUnsupported)) << type;
}

}  // namespace
}  // namespace bordergate::camera
