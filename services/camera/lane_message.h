// From what was seen and heard to what the lane is told.
#pragma once

#include "bordergate/lane/v1/lane_service.pb.h"

#include "libs/core/id.h"
#include "services/camera/pipeline.h"
#include "services/camera/pushing_tag_readers.h"

namespace bordergate::camera {

lane::v1::ReportReadsRequest ToProto(const SeenPlate& seen, IdMaker& ids);
lane::v1::ReportReadsRequest ToProto(const SeenSlip& seen, IdMaker& ids);
lane::v1::ReportReadsRequest ToProto(const SeenContainer& seen, IdMaker& ids);
lane::v1::ReportReadsRequest ToProto(const SeenTag& seen, IdMaker& ids);

}  // namespace bordergate::camera
