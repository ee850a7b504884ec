// Goal: customs asks vehicle in the name of the person who declares, and says plainly when it cannot ask.
// Method: a real server with vehicle's contract over mTLS that answers by who is asking; then no server.
#include "services/customs/peers/vehicle_client.h"

#include <gtest/gtest.h>

#include "bordergate/vehicle/v1/vehicle_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/server.h"
#include "libs/testing/test_pki.h"
#include "services/customs/domain/reasons.h"

namespace bordergate::customs {
namespace {

namespace vehicle_methods = vehicle::v1::vehicle_service;

class VehicleClientTest : public ::testing::Test {
 protected:
  VehicleClientTest() {
    Refuse<vehicle_methods::RegisterEnterprise, vehicle_methods::GetEnterprise,
           vehicle_methods::RegisterVehicle, vehicle_methods::GetVehicle, vehicle_methods::ListVehicles,
           vehicle_methods::RegisterDriver, vehicle_methods::ListDrivers, vehicle_methods::AddWatchListEntry,
           vehicle_methods::RemoveWatchListEntry, vehicle_methods::ListWatchList,
           vehicle_methods::SetVehicleTag>();
    server_->AddStream<vehicle_methods::Watch>([](const auto&, const auto&, auto&) -> Result<void> {
      return Error(kInternal, "not part of this test");
    });
    server_->Add<vehicle_methods::FindVehicle>(
        [](const rpc::CallContext& call,
           const vehicle::v1::FindVehicleRequest& request) -> Result<vehicle::v1::FindVehicleResponse> {
          if (call.caller.enterprise_id != "enterprise_1") return Error(kVehicleNotFound, "not yours");
          vehicle::v1::FindVehicleResponse response;
          response.mutable_vehicle()->set_vehicle_id("vehicle of " + request.plate());
          return response;
        });
    server_->Add<vehicle_methods::GetDriver>(
        [](const rpc::CallContext& call, const auto& request) -> Result<vehicle::v1::GetDriverResponse> {
          if (call.caller.enterprise_id != "enterprise_1" || request.driver_id() != "driver_1")
            return Error(kDriverNotFound, "not yours");
          return vehicle::v1::GetDriverResponse();
        });
    server_->Start();
    vehicle_.emplace("vehicle", "127.0.0.1:" + std::to_string(server_->port()),
                     pki_.MakeCertificate("customs"));
  }

  VehicleClient ClientFor(const std::string& enterprise_id) {
    rpc::CallOptions options = rpc::CallOptions::Own(clock_, seconds(10));
    options.assertion = pki_.MakeAssertion({.service = "gateway",
                                            .subject_id = "person_1",
                                            .roles = {common::v1::ROLE_ENTERPRISE},
                                            .enterprise_id = enterprise_id},
                                           clock_.Now());
    return {*vehicle_, options};
  }

  template <class... M>
  void Refuse() {
    (server_->Add<M>([](const auto&, const auto&) -> Result<typename M::Response> {
      return Error(kInternal, "not part of this test");
    }),
     ...);
  }

  SystemClock clock_;
  TestPki pki_;
  Telemetry telemetry_{"vehicle", "error"};
  std::optional<rpc::Server> server_{std::in_place, pki_.MakeRpcConfig("vehicle"), telemetry_, clock_};
  std::optional<rpc::Channel> vehicle_;
};

TEST_F(VehicleClientTest, AsksInTheNameOfThePersonWhoDeclares) {
  EXPECT_EQ(ClientFor("enterprise_1").FindVehicle("12C-345.67")->value(), "vehicle of 12C-345.67");
  EXPECT_TRUE(ClientFor("enterprise_2").FindVehicle("12C-345.67").error().Is(kVehicleNotFound));
  EXPECT_TRUE(ClientFor("enterprise_1").FindDriver(Id<Driver>("driver_1")).has_value());
  EXPECT_TRUE(ClientFor("enterprise_1").FindDriver(Id<Driver>("driver_2")).error().Is(kDriverNotFound));
}

TEST_F(VehicleClientTest, SaysThatVehicleIsAway) {
  server_.reset();
  EXPECT_TRUE(ClientFor("enterprise_1").FindVehicle("12C-345.67").error().Is(kServiceUnavailable));
  EXPECT_TRUE(ClientFor("enterprise_1").FindDriver(Id<Driver>("driver_1")).error().Is(kServiceUnavailable));
}

}  // namespace
}  // namespace bordergate::customs
