// What a caller may learn from a decision.
//
// That a vehicle is on the watch list, or looks like one that is, learns only who may read the list
// (vehicle's ListWatchList). Everybody else is told in its place that an officer checks the vehicle
// (OFFICER_CHECK), once, and without values; the other reasons stay.
#pragma once

#include "bordergate/lane/v1/lane_service.pb.h"

#include "libs/rpc/caller.h"

namespace bordergate::lane {

// Takes out what the caller may not learn.
v1::Decision ToldTo(const rpc::Caller& caller, v1::Decision decision);
v1::Lane ToldTo(const rpc::Caller& caller, v1::Lane lane);
v1::RuleTrial ToldTo(const rpc::Caller& caller, v1::RuleTrial trial);

}  // namespace bordergate::lane
