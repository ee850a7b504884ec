// What cameras and readers report, as the rules take it.
#include "libs/container/container_number.h"
#include "libs/core/field_checks.h"
#include "libs/plate/plate.h"
#include "libs/rpc/time.h"
#include "services/lane/api/convert.h"

namespace bordergate::lane {
namespace {

constexpr size_t kPictureBytesMax = 1 << 20;
constexpr size_t kTrackIdMax = 128;
constexpr size_t kTagIdMin = 16, kTagIdMax = 48;
constexpr int kRssiMin_cdbm = -12'000;

bool IsTagId(std::string_view text) {
  return text.size() >= kTagIdMin && text.size() <= kTagIdMax && text.size() % 2 == 0 &&
         text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

// What plates and containers have in common.
template <class Proto>
void CheckFrame(const Proto& read, FieldChecks& checks) {
  checks.Require(read.confidence() >= 0 && read.confidence() <= 1, "confidence", "NUMBER_OUT_OF_RANGE",
                 "must be from 0 to 1");
  checks.Require(read.corners_size() == 0 || read.corners_size() == 8, "corners", "CORNERS_INVALID",
                 "must be eight numbers or none");
  checks.Require(read.evidence_jpeg().size() <= kPictureBytesMax, "evidence_jpeg", "PICTURE_TOO_LARGE",
                 "must be at most 1 MiB");
  checks.Text("track_id", read.track_id(), {.length_min = 0, .length_max = kTrackIdMax});
}

template <class Proto>
PlateRead FrameOf(const Proto& read) {
  PlateRead out;
  out.read_id = read.read_id();
  out.camera_id = read.camera_id();
  out.lane_id = read.lane_id();
  out.frame_time = rpc::ToInstant(read.frame_time());
  out.track_id = read.track_id();
  out.confidence = read.confidence();
  out.corners.assign(read.corners().begin(), read.corners().end());
  if (!read.evidence_jpeg().empty()) out.picture = std::make_shared<const std::string>(read.evidence_jpeg());
  return out;
}

}  // namespace

Result<PlateRead> FromProto(const v1::PlateRead& read) {
  FieldChecks checks;
  checks.Text("read_id", read.read_id(), {.length_min = 8, .length_max = 64});
  checks.Text("camera_id", read.camera_id(), {.length_min = 1, .length_max = 64});
  const Result<Plate> plate = ParsePlate(read.plate());
  checks.Require(plate.has_value(), "plate", "PLATE_INVALID", "must fit the grammar of its country");
  CheckFrame(read, checks);
  BG_TRY(checks.Done());
  PlateRead out = FrameOf(read);
  out.of = IsTrailer(plate->kind) ? ReadOf::kTrailer : ReadOf::kTruck;
  out.plate = plate->normalised;
  out.key = plate->key;
  return out;
}

Result<PlateRead> FromProto(const v1::ContainerRead& read) {
  FieldChecks checks;
  checks.Text("read_id", read.read_id(), {.length_min = 8, .length_max = 64});
  checks.Text("camera_id", read.camera_id(), {.length_min = 1, .length_max = 64});
  checks.Require(IsContainerNumber(read.container_number()), "container_number", "CONTAINER_NUMBER_INVALID",
                 "must be four letters, six digits and the right check digit");
  CheckFrame(read, checks);
  BG_TRY(checks.Done());
  PlateRead out = FrameOf(read);
  out.of = ReadOf::kContainer;
  out.plate = out.key = read.container_number();
  return out;
}

Result<SlipRead> FromProto(const v1::SlipRead& read, const FindSlipKey& find_key) {
  FieldChecks checks;
  checks.Text("read_id", read.read_id(), {.length_min = 8, .length_max = 64});
  checks.Text("camera_id", read.camera_id(), {.length_min = 1, .length_max = 64});
  checks.Text("text", read.text(), {.length_min = 1, .length_max = kSlipTextMax});
  checks.Require(read.evidence_jpeg().size() <= kPictureBytesMax, "evidence_jpeg", "PICTURE_TOO_LARGE",
                 "must be at most 1 MiB");
  BG_TRY(checks.Done());
  SlipRead out;
  out.read_id = read.read_id();
  out.camera_id = read.camera_id();
  out.lane_id = read.lane_id();
  out.frame_time = rpc::ToInstant(read.frame_time());
  const Result<Slip> slip = VerifySlip(read.text(), find_key);
  if (slip) {
    out.slip = *slip;
  } else {
    out.fault = slip.error().reason();
  }
  if (!read.evidence_jpeg().empty()) out.picture = std::make_shared<const std::string>(read.evidence_jpeg());
  return out;
}

Result<TagRead> FromProto(const v1::TagRead& read) {
  FieldChecks checks;
  checks.Text("read_id", read.read_id(), {.length_min = 8, .length_max = 64});
  checks.Text("tag_reader_id", read.tag_reader_id(), {.length_min = 1, .length_max = 64});
  checks.Require(IsTagId(read.tag_id()), "tag_id", "TAG_ID_INVALID",
                 "must be 16 to 48 hexadecimal digits in upper case, an even number of them");
  checks.Require(read.rssi_cdbm() >= kRssiMin_cdbm && read.rssi_cdbm() <= 0, "rssi_cdbm",
                 "NUMBER_OUT_OF_RANGE", "must be from -12000 to 0");
  BG_TRY(checks.Done());
  return TagRead{.read_id = read.read_id(),
                 .tag_reader_id = read.tag_reader_id(),
                 .lane_id = read.lane_id(),
                 .read_time = rpc::ToInstant(read.read_time()),
                 .tag_id = read.tag_id(),
                 .rssi_cdbm = read.rssi_cdbm()};
}

std::string ReasonCode(ReadUse use) {
  switch (use) {
    case ReadUse::kTaken:
      return "";
    case ReadUse::kRepeated:
      return "READ_REPEATED";
    case ReadUse::kNoSession:
      return "READ_NO_SESSION";
    case ReadUse::kTooOld:
      return "READ_TOO_OLD";
    case ReadUse::kOfAnother:
      return "READ_OF_ANOTHER";
    case ReadUse::kUnknownTag:
      return "TAG_UNKNOWN";
  }
  return "";
}

}  // namespace bordergate::lane
