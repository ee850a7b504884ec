// Customs on a private PostgreSQL with everybody who has to do with it, for tests.
#pragma once

#include <gtest/gtest.h>

#include "embedded/customs_store.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/rpc/time.h"
#include "libs/testing/callers.h"
#include "libs/testing/manual_wall_clock.h"
#include "libs/testing/test_postgres.h"
#include "services/customs/api/convert.h"
#include "services/customs/api/customs_api.h"
#include "services/customs/device/slip_page.h"
#include "services/customs/store/postgres_trip_store.h"
#include "services/customs/testing/fake_vehicle_register.h"

namespace bordergate::customs {

class CustomsBench : public ::testing::Test, protected Callers {
 protected:
  CustomsBench() {
    EXPECT_TRUE(db::Migrate(database_, clock_, embedded::customs_store::migrations()).has_value());
    vehicles_.plate_keys = {"12C34567", "12C34568"};
    vehicles_.driver_ids = {"driver_1"};
  }

  rpc::CallContext Customs() { return As("person_customs", common::v1::ROLE_CUSTOMS); }
  rpc::CallContext Health() { return As("person_health", common::v1::ROLE_HEALTH); }

  v1::PutWorkflowRequest WorkflowForm() {
    v1::PutWorkflowRequest request;
    request.set_request_id(NextRequestId());
    request.set_gate_id("huu-nghi");
    request.set_direction(common::v1::DIRECTION_EXPORT);
    request.set_reason("quy trình thử");
    for (const auto& [step_id, role] : {std::pair{"health", "ROLE_HEALTH"}, {"customs", "ROLE_CUSTOMS"}}) {
      v1::Workflow::Step& step = *request.add_steps();
      step.set_step_id(step_id);
      step.set_role(role);
      step.set_title_vi("Bước");
      step.set_title_en("Step");
      step.set_title_zh("步");
    }
    return request;
  }
  void PutWorkflow() { ASSERT_TRUE(api_.PutWorkflow(Centre(), WorkflowForm()).has_value()); }

  v1::DeclareTripRequest TripForm(const std::string& plate = "12C-345.67") {
    v1::DeclareTripRequest request;
    request.set_request_id(NextRequestId());
    request.set_gate_id("huu-nghi");
    request.set_route("1119-1120");
    request.set_direction(common::v1::DIRECTION_EXPORT);
    request.set_regime(v1::REGIME_EXPORT);
    *request.mutable_expected_arrival_time() = rpc::ToTimestamp(clock_.Now() + std::chrono::hours(6));
    request.set_contact_phone("+84912345678");
    request.set_plate(plate);
    request.set_trailer_plate("12R-001.23");
    request.set_container_number("csqu 305438-3");
    request.add_seal_numbers("VN,123{4}");
    request.set_driver_id("driver_1");
    v1::GoodsLine& line = *request.add_goods();
    line.set_hs_code("08106000");
    line.set_description("Sầu riêng tươi");
    line.set_package_count(900);
    line.set_package_kind("CT");
    line.set_gross_mass_kg(16'200);
    line.set_net_mass_kg(15'300);
    line.set_value_minor(1'500'000'000);
    line.set_currency_code("VND");
    line.set_origin_country_code("VN");
    request.mutable_quarantine()->set_driver_temperature_decicelsius(366);
    return request;
  }
  v1::Trip Declare(const std::string& plate = "12C-345.67") {
    const auto declared = api_.DeclareTrip(Lan(), TripForm(plate));
    EXPECT_TRUE(declared.has_value()) << (declared ? "" : declared.error().message());
    return declared ? declared->trip() : v1::Trip();
  }
  Result<v1::Trip> Read(const rpc::CallContext& call, const std::string& trip_id) {
    v1::GetTripRequest request;
    request.set_trip_id(trip_id);
    return BG_TRY(api_.GetTrip(call, request)).trip();
  }

  // A step's verbs: Act<v1::ConfirmStepRequest>(…) and so on; the text is the remark or the reason.
  template <class Request>
  Request StepForm(const std::string& trip_id, const std::string& step_id) {
    Request request;
    request.set_request_id(NextRequestId());
    request.set_trip_id(trip_id);
    request.set_step_id(step_id);
    if constexpr (requires { request.set_reason(""); }) request.set_reason("lý do thử");
    return request;
  }
  Result<v1::Trip> Confirm(const rpc::CallContext& call, const std::string& trip_id,
                           const std::string& step_id) {
    return BG_TRY(api_.ConfirmStep(call, StepForm<v1::ConfirmStepRequest>(trip_id, step_id))).trip();
  }
  Result<v1::Trip> Hold(const rpc::CallContext& call, const std::string& trip_id,
                        const std::string& step_id) {
    return BG_TRY(api_.HoldStep(call, StepForm<v1::HoldStepRequest>(trip_id, step_id))).trip();
  }
  Result<v1::Trip> Release(const rpc::CallContext& call, const std::string& trip_id,
                           const std::string& step_id) {
    return BG_TRY(api_.ReleaseStep(call, StepForm<v1::ReleaseStepRequest>(trip_id, step_id))).trip();
  }
  Result<v1::Trip> Cancel(const rpc::CallContext& call, const std::string& trip_id) {
    v1::CancelTripRequest request;
    request.set_request_id(NextRequestId());
    request.set_trip_id(trip_id);
    request.set_reason("khách đổi ý");
    return BG_TRY(api_.CancelTrip(call, request)).trip();
  }

  // Every event so far, as consumers read it.
  std::vector<v1::CustomsEvent> Events() {
    std::vector<v1::CustomsEvent> events;
    const auto stored = events_.ReadAfter(0, 1000).value();
    for (const StoredEvent& one : stored) {
      v1::CustomsEvent& event = events.emplace_back();
      EXPECT_TRUE(event.ParseFromString(one.body));
      event.mutable_header()->set_kind(one.kind);
      event.mutable_header()->set_actor(one.actor);
    }
    return events;
  }
  std::vector<std::string> EventKinds() {
    std::vector<std::string> kinds;
    for (const v1::CustomsEvent& event : Events()) kinds.push_back(event.header().kind());
    return kinds;
  }

  FakeVehicles vehicles_;
  ManualWallClock clock_;
  SystemRandom random_;
  IdMaker ids_{clock_, random_};
  Telemetry telemetry_{"customs", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  db::EventLog events_{database_, telemetry_, clock_};
  db::PostgresUnitOfWork<TripStore, PostgresTripStore> trips_{database_, clock_};
  const SlipKey slip_key_{.id = "demo-1", .seed = std::string(32, 's')};
  ProtoEventBodies bodies_;
  CustomsApi api_{
      trips_,
      bodies_,
      [this](const rpc::CallContext&) { return std::make_unique<FakeVehicleRegister>(vehicles_); },
      {slip_key_, DrawSlipPage},
      ids_,
      clock_};
};

}  // namespace bordergate::customs
