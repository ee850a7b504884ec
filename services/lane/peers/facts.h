// Events of other services as facts. An event that says nothing about admission gives nothing.
#pragma once

#include <optional>

#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/fee/v1/fee_service.pb.h"
#include "bordergate/vehicle/v1/vehicle_service.pb.h"
#include "bordergate/yard/v1/yard_service.pb.h"

#include "services/lane/domain/admission.h"

namespace bordergate::lane {

std::optional<AdmissionChange> ToFact(const customs::v1::CustomsEvent& event);
std::optional<AdmissionChange> ToFact(const fee::v1::FeeEvent& event);
std::optional<AdmissionChange> ToFact(const yard::v1::YardEvent& event);
std::optional<AdmissionChange> ToFact(const vehicle::v1::VehicleEvent& event);

}  // namespace bordergate::lane
