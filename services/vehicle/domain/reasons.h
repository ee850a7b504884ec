// What vehicle refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::vehicle {

// There is no such enterprise, or it is not the caller's.
// Caller: compare the id.
inline constexpr Reason kEnterpriseNotFound{"ENTERPRISE_NOT_FOUND", Code::kNotFound};

// The account's enterprise is registered.
// Caller: nothing to do; read it with GetEnterprise.
inline constexpr Reason kEnterpriseAlreadyRegistered{"ENTERPRISE_ALREADY_REGISTERED", Code::kAlreadyExists};

// Another enterprise is registered under the tax code.
// Caller: compare the tax code; if it is right, ask the management centre.
inline constexpr Reason kTaxCodeTaken{"TAX_CODE_TAKEN", Code::kAlreadyExists};

// The account's enterprise has to be registered first.
// Caller: register it with RegisterEnterprise.
inline constexpr Reason kEnterpriseNotRegistered{"ENTERPRISE_NOT_REGISTERED", Code::kFailedPrecondition};

// There is no such vehicle, or it is not the caller's.
// Caller: compare the id or the plate; register the vehicle.
inline constexpr Reason kVehicleNotFound{"VEHICLE_NOT_FOUND", Code::kNotFound};

// A vehicle is registered under the plate.
// Caller: compare the plate; if it is right, ask the management centre.
inline constexpr Reason kPlateTaken{"PLATE_TAKEN", Code::kAlreadyExists};

// A vehicle is registered under the vehicle identification number.
// Caller: compare the VIN; if it is right, ask the management centre.
inline constexpr Reason kVinTaken{"VIN_TAKEN", Code::kAlreadyExists};

// Another vehicle carries the transponder.
// Caller: compare the number; if it is right, take it off the other vehicle or ask the management centre.
inline constexpr Reason kTagTaken{"TAG_TAKEN", Code::kAlreadyExists};

// There is no such driver, or it is not the caller's.
// Caller: compare the id; register the driver.
inline constexpr Reason kDriverNotFound{"DRIVER_NOT_FOUND", Code::kNotFound};

// The enterprise has registered a driver with this document.
// Caller: use that driver.
inline constexpr Reason kDocumentTaken{"DOCUMENT_TAKEN", Code::kAlreadyExists};

// The plate is on the watch list already.
// Caller: nothing to do, or remove the entry in force first.
inline constexpr Reason kPlateAlreadyWatched{"PLATE_ALREADY_WATCHED", Code::kAlreadyExists};

// There is no such entry.
// Caller: compare the id.
inline constexpr Reason kWatchListEntryNotFound{"WATCH_LIST_ENTRY_NOT_FOUND", Code::kNotFound};

}  // namespace bordergate::vehicle
