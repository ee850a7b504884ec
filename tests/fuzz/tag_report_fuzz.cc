// Whatever somebody sends in the name of a reader of transponders: tags with their time, or a named refusal.
//
// Input: which maker, then the body.
#include <cstdint>

#include "libs/core/check.h"
#include "services/camera/device/tag_report.h"
#include "services/camera/domain/reasons.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bordergate::camera;  // NOLINT(google-build-using-namespace)
  if (size < 1) return 0;
  const auto format = data[0] % 2 == 0 ? TagFormat::kImpinj : TagFormat::kZebra;
  const PushedBody body{.content_type = "application/json",
                        .bytes = {reinterpret_cast<const char*>(data) + 1, size - 1}};
  const auto report = ReadTagReport(format, body);
  if (!report) {
    BG_CHECK(report.error().Is(kPushUnreadable), report.error().reason());
    return 0;
  }
  for (const HeardTag& tag : *report) {
    BG_CHECK(tag.tag_id.empty() || NormalTagId(tag.tag_id) == tag.tag_id, "a TID as the register has it");
    BG_CHECK(tag.antenna >= 0 && tag.antenna <= 64, "an antenna");
    BG_CHECK(tag.rssi_cdbm >= -12'000 && tag.rssi_cdbm <= 0, "a strength");
  }
  return 0;
}
