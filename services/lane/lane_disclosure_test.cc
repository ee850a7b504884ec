// Goal: who may not read the watch list learns from no decision who is on it. Method: the whole service in
// this process; every role of the contract asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_service_fixture.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;
using common::v1::ROLE_BORDER_GUARD;
using common::v1::ROLE_MANAGEMENT_CENTRE;
using testing::Contains;
using testing::ElementsAre;

// The roles of an RPC by its contract.
std::vector<common::v1::Role> RolesOf(const google::protobuf::ServiceDescriptor* service, const char* rpc) {
  const auto& access = service->FindMethodByName(rpc)->options().GetExtension(common::v1::access);
  std::vector<common::v1::Role> roles;
  for (const int role : access.roles()) roles.push_back(static_cast<common::v1::Role>(role));
  return roles;
}

std::vector<std::string> CodesOf(const v1::Decision& decision) {
  std::vector<std::string> codes;
  for (const v1::Reason& reason : decision.reasons()) codes.push_back(reason.code());
  return codes;
}

TEST_F(LaneServiceTest, TellsOfTheWatchListOnlyToThoseWhoMayReadIt) {
  gate_.peers.StopAtSight("watch_1", "29C-111.71");
  gate_.peers.Expect("trip_1", "29C-111.11", "huu-nghi");
  DriveUp("29C-111.11");
  Read("29C-111.11");
  gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_ASKING; });
  const auto channel = gate_.As("gateway");
  const auto* lane =
      v1::Lane::descriptor()->file()->pool()->FindServiceByName("bordergate.lane.v1.LaneService");
  const auto* vehicle =
      v1::Lane::descriptor()->file()->pool()->FindServiceByName("bordergate.vehicle.v1.VehicleService");
  const auto readers = RolesOf(vehicle, "ListWatchList");
  ASSERT_THAT(readers, Contains(ROLE_BORDER_GUARD));
  const auto expect_told = [&](common::v1::Role role, const v1::Decision& decision) {
    const bool reader = std::find(readers.begin(), readers.end(), role) != readers.end();
    EXPECT_EQ(decision.outcome(), v1::Decision::OUTCOME_ASK);
    EXPECT_THAT(CodesOf(decision), ElementsAre(reader ? cause::kWatchListLookAlike : cause::kOfficerCheck))
        << common::v1::Role_Name(role);
    EXPECT_EQ(decision.reasons(0).params().empty(), !reader);
  };
  for (const common::v1::Role role : RolesOf(lane, "WatchLanes")) {
    const auto as = gate_.For("person_1", role, {"huu-nghi"});
    expect_told(role, channel->Call<methods::ListLanes>(as, {})->lanes(0).decision());
    auto stream = channel->Open<methods::WatchLanes>(as, {});
    v1::WatchLanesResponse shown;
    ASSERT_TRUE(stream.Read(&shown));
    expect_told(role, shown.lane().decision());
    stream.Cancel();
    (void)stream.Finish();
  }
  for (const common::v1::Role role : RolesOf(lane, "WatchDecisions")) {
    auto stream = channel->Open<methods::WatchDecisions>(gate_.For("person_1", role, {"huu-nghi"}), {});
    v1::WatchDecisionsResponse made;
    do {
      ASSERT_TRUE(stream.Read(&made));
    } while (!made.has_decision());
    expect_told(role, made.decision());
    stream.Cancel();
    (void)stream.Finish();
  }
  v1::SetLaneModeRequest request;
  request.set_request_id("request-1");
  request.set_lane_id(kLane);
  request.set_mode(v1::MODE_CONFIRM);
  request.set_reason("a second look at everybody");
  for (const common::v1::Role role : {ROLE_BORDER_GUARD, ROLE_MANAGEMENT_CENTRE}) {
    // The same person under the same request: the answer that was kept is told by the role of now.
    const auto set = channel->Call<methods::SetLaneMode>(gate_.For("person_1", role), request);
    ASSERT_TRUE(set) << set.error().message();
    EXPECT_EQ(set->lane().decision().reasons(0).code() == cause::kOfficerCheck,
              role == ROLE_MANAGEMENT_CENTRE);
  }
}

TEST_F(LaneServiceTest, TellsAStrangerNothingOfADecision) {
  gate_.peers.StopAtSight("watch_1", "29C-111.71");
  DriveUp("29C-111.71");
  Read("29C-111.71");
  gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_ASKING; });
  const auto channel = gate_.As("gateway");
  const auto refused = [&](const rpc::CallOptions& as) {
    auto stream = channel->Open<methods::WatchDecisions>(as, {});
    v1::WatchDecisionsResponse made;
    EXPECT_FALSE(stream.Read(&made));
    return stream.Finish().error();
  };
  EXPECT_TRUE(refused(gate_.For("person_1", common::v1::ROLE_ENTERPRISE)).Is(kRoleMissing));
  EXPECT_TRUE(refused(rpc::CallOptions::Own(gate_.clock, seconds(5))).Is(kUnauthenticated));
  const auto elsewhere = gate_.For("person_2", ROLE_BORDER_GUARD, {"nowhere"});
  EXPECT_EQ(channel->Call<methods::ListLanes>(elsewhere, {})->lanes_size(), 0);
}

}  // namespace
}  // namespace bordergate::lane
