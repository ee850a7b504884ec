#include "services/camera/lane_message.h"

#include <algorithm>
#include <utility>

#include "libs/rpc/time.h"

namespace bordergate::camera {
namespace {

// An unsure read never opens anything: the lane takes what is below its rule's confidence as a hint only.
constexpr double kUnsureMax = 0.49;

double Told(double confidence, bool sure) { return sure ? confidence : std::min(confidence, kUnsureMax); }

// What every read of a camera says, whatever it saw.
template <class Proto, class Seen>
void FillCommon(Proto& proto, const Seen& seen, std::string read_id) {
  proto.set_read_id(std::move(read_id));
  proto.set_camera_id(seen.camera_id);
  proto.set_lane_id(seen.lane_id);
  *proto.mutable_frame_time() = rpc::ToTimestamp(seen.frame_time);
  if (seen.evidence_jpeg) proto.set_evidence_jpeg(*seen.evidence_jpeg);
}

template <class Proto>
void FillCorners(Proto& proto, const Corners& corners) {
  for (const cv::Point2f& corner : corners) {
    proto.add_corners(corner.x);
    proto.add_corners(corner.y);
  }
}

}  // namespace

lane::v1::ReportReadsRequest ToProto(const SeenPlate& seen, IdMaker& ids) {
  lane::v1::ReportReadsRequest request;
  lane::v1::PlateRead& proto = *request.mutable_read();
  FillCommon(proto, seen, ids.New("read"));
  proto.set_plate(seen.read.plate);
  proto.set_country_code(std::string(CountryCode(seen.read.country)));
  if (seen.located) proto.set_layout(std::string(LayoutName(seen.read.layout)));
  proto.set_confidence(Told(seen.read.confidence, seen.read.sure));
  for (const double confidence : seen.read.character_confidence) proto.add_character_confidences(confidence);
  if (seen.located) FillCorners(proto, seen.read.corners);
  proto.set_track_id(seen.camera_id + "/" + std::to_string(seen.track));
  return request;
}

lane::v1::ReportReadsRequest ToProto(const SeenSlip& seen, IdMaker& ids) {
  lane::v1::ReportReadsRequest request;
  lane::v1::SlipRead& proto = *request.mutable_slip();
  FillCommon(proto, seen, ids.New("slip"));
  proto.set_text(seen.text);
  return request;
}

lane::v1::ReportReadsRequest ToProto(const SeenContainer& seen, IdMaker& ids) {
  lane::v1::ReportReadsRequest request;
  lane::v1::ContainerRead& proto = *request.mutable_container();
  FillCommon(proto, seen, ids.New("container"));
  proto.set_container_number(seen.read.number);
  proto.set_confidence(Told(seen.read.confidence, seen.read.sure));
  FillCorners(proto, seen.read.corners);
  proto.set_track_id(seen.camera_id + "/container/" + std::to_string(seen.track));
  return request;
}

lane::v1::ReportReadsRequest ToProto(const SeenTag& seen, IdMaker& ids) {
  lane::v1::ReportReadsRequest request;
  lane::v1::TagRead& proto = *request.mutable_tag();
  proto.set_read_id(ids.New("tag"));
  proto.set_tag_reader_id(seen.tag_reader_id);
  proto.set_lane_id(seen.lane_id);
  *proto.mutable_read_time() = rpc::ToTimestamp(seen.tag.time);
  proto.set_tag_id(seen.tag.tag_id);
  proto.set_rssi_cdbm(seen.tag.rssi_cdbm);
  return request;
}

}  // namespace bordergate::camera
