// Goal: log lines, metrics and trace headers have the form that other programs read. Method: their text.
#include "libs/telemetry/telemetry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/telemetry/trace.h"

namespace bordergate {
namespace {

using ::testing::HasSubstr;

TEST(Log, IsOneJsonObjectALine) {
  EXPECT_EQ(FormatLogLine("2026-11-22T00:00:00.000Z", "info", "lane", "lane.opened", "say \"hi\"\n",
                          {{"lane_id", "x1"}, {"duration_ms", 12}, {"by_hand", true}}),
            R"({"time":"2026-11-22T00:00:00.000Z","level":"info","service":"lane","event":"lane.opened",)"
            R"("message":"say \"hi\"\n","lane_id":"x1","duration_ms":12,"by_hand":true})");
}

TEST(Log, SurvivesBrokenUtf8) {
  EXPECT_THAT(FormatLogLine("t", "info", "s", "e", "\xff", {}), HasSubstr("\"message\":\"\xEF\xBF\xBD\""));
}

TEST(Metrics, AreNamedByTheirService) {
  Metrics metrics("lane");
  metrics.NewCounter("openings_total", "Openings", {{"mode", "auto"}}).Increment();
  metrics.NewCounter("openings_total", "Openings", {{"mode", "auto"}}).Increment();
  metrics.NewHistogram("decision_seconds", "Decisions", {0.1, 1}).Observe(0.05);
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("bordergate_lane_openings_total{mode=\"auto\"} 2"));
  EXPECT_THAT(text, HasSubstr("bordergate_lane_decision_seconds_bucket{le=\"0.1\"} 1"));
  EXPECT_THAT(text, HasSubstr("bordergate_lane_resident_memory_bytes"));
}

TEST(Trace, GoesOnWithTheCallersTrace) {
  const Trace trace = Trace::FromHeader("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  EXPECT_EQ(trace.trace_id, "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(trace.Child().trace_id, trace.trace_id);
  EXPECT_NE(trace.Child().span_id, trace.span_id);
}

TEST(Trace, StartsAnewOnABrokenHeader) {
  for (const char* header :
       {"", "00-short-b7ad6b7169203331-01", "00-00000000000000000000000000000000-b7ad6b7169203331-01"}) {
    EXPECT_EQ(Trace::FromHeader(header).trace_id.size(), 32u);
    EXPECT_NE(Trace::FromHeader(header).trace_id, std::string(32, '0'));
  }
}

}  // namespace
}  // namespace bordergate
