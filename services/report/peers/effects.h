// What one event of another service changes here. Pure conversion; the transaction is the caller's.
#pragma once

#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/fee/v1/fee_service.pb.h"
#include "bordergate/lane/v1/lane_service.pb.h"
#include "bordergate/yard/v1/yard_service.pb.h"

#include "services/report/domain/report_store.h"

namespace bordergate::report {

Result<void> Apply(ReportStore& store, const customs::v1::CustomsEvent& event);
Result<void> Apply(ReportStore& store, const fee::v1::FeeEvent& event);
Result<void> Apply(ReportStore& store, const yard::v1::YardEvent& event);
Result<void> Apply(ReportStore& store, const lane::v1::LaneEvent& event);

}  // namespace bordergate::report
