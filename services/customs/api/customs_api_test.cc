// Goal: each verb does its work once, for those who may, and tells everybody. Method: the handlers over a
// private PostgreSQL, called by an enterprise, by another one, by officers of the gate and of another gate.
// (Which role may call which RPC is the server's part: libs/rpc/server_test.cc.)
#include "services/customs/api/customs_api.h"

#include <future>

#include <gmock/gmock.h>

#include "services/customs/domain/reasons.h"
#include "services/customs/testing/customs_bench.h"

namespace bordergate::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CustomsApiTest : public CustomsBench {
 protected:
  CustomsApiTest() { PutWorkflow(); }
};

TEST_F(CustomsApiTest, DeclaresATripOnceWithEverythingInIt) {
  const auto request = TripForm();
  const v1::Trip trip = api_.DeclareTrip(Lan(), request)->trip();
  EXPECT_EQ(api_.DeclareTrip(Lan(), request)->trip().SerializeAsString(), trip.SerializeAsString());
  EXPECT_EQ(trip.state(), v1::Trip::STATE_DECLARED);
  EXPECT_EQ(trip.enterprise_id(), "enterprise_1");
  EXPECT_EQ(trip.vehicle().vehicle_id(), "vehicle_12C34567");
  EXPECT_EQ(trip.vehicle().container_number(), "CSQU3054383");
  EXPECT_TRUE(trip.perishable());
  EXPECT_EQ(trip.workflow_version(), 1);
  ASSERT_EQ(trip.steps_size(), 2);
  EXPECT_EQ(trip.steps(0).state(), v1::Step::STATE_OPEN);
  EXPECT_EQ(trip.steps(1).state(), v1::Step::STATE_BLOCKED);
  EXPECT_THAT(trip.steps(1).after_step_ids(), ElementsAre("health"));

  // What is read back and what is told are the same.
  EXPECT_EQ(Read(Lan(), trip.trip_id())->SerializeAsString(), trip.SerializeAsString());
  EXPECT_THAT(EventKinds(), ElementsAre("workflow.put", "trip.declared"));
  EXPECT_EQ(Events().back().trip().SerializeAsString(), trip.SerializeAsString());
}

TEST_F(CustomsApiTest, KeepsNothingOfAFormWithFaults) {
  auto request = TripForm();
  request.set_plate("42C-12345");
  request.mutable_goods(0)->set_hs_code("77");
  const Error error = api_.DeclareTrip(Lan(), request).error();
  EXPECT_TRUE(error.Is(kInvalidField));
  ASSERT_EQ(error.fields().size(), 2u);
  EXPECT_EQ(error.fields()[1].field, "goods[0].hs_code");
  EXPECT_THAT(EventKinds(), ElementsAre("workflow.put"));
  EXPECT_EQ(api_.ListTrips(Lan(), {})->trips_size(), 0);
}

TEST_F(CustomsApiTest, ValidatesWithoutKeepingAnything) {
  auto request = TripForm();
  request.set_validate_only(true);
  const v1::Trip trip = api_.DeclareTrip(Lan(), request)->trip();
  EXPECT_EQ(trip.trip_id(), "");
  EXPECT_EQ(trip.steps_size(), 2);
  EXPECT_EQ(api_.ListTrips(Lan(), {})->trips_size(), 0);
  // The same form may be sent for good under the same id.
  request.set_validate_only(false);
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).has_value());
}

TEST_F(CustomsApiTest, KeepsThatATruckIsDeclaredEmpty) {
  auto request = TripForm();
  request.set_empty(true);
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).error().Is(kInvalidField));
  request.clear_goods();
  const v1::Trip declared = api_.DeclareTrip(Lan(), request)->trip();
  EXPECT_TRUE(declared.empty());
  const v1::Trip read = *Read(Customs(), declared.trip_id());
  EXPECT_TRUE(read.empty());
  EXPECT_EQ(read.goods_size(), 0);
}

TEST_F(CustomsApiTest, ChecksGateVehicleAndDriverInThisOrder) {
  auto request = TripForm("99A-999.99");
  request.set_driver_id("driver_none");
  request.set_gate_id("tan-thanh");
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).error().Is(kGateUnknown));
  request.set_gate_id("huu-nghi");
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).error().Is(kVehicleNotFound));
  request.set_plate("12C-345.67");
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).error().Is(kDriverNotFound));
  request.set_driver_id("driver_1");
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).has_value());
}

TEST_F(CustomsApiTest, KeepsNothingWhileVehicleIsDownAndGoesOnAfterwards) {
  vehicles_.is_down = true;
  const auto request = TripForm();
  EXPECT_TRUE(api_.DeclareTrip(Lan(), request).error().Is(kServiceUnavailable));
  EXPECT_EQ(api_.ListTrips(Lan(), {})->trips_size(), 0);
  vehicles_.is_down = false;
  const auto first = api_.DeclareTrip(Lan(), request);
  ASSERT_TRUE(first.has_value());
  // A repeat needs nobody: it gets the first answer.
  vehicles_.is_down = true;
  EXPECT_EQ(api_.DeclareTrip(Lan(), request)->trip().trip_id(), first->trip().trip_id());
}

TEST_F(CustomsApiTest, AllowsATruckOneOpenTripHoweverItsPlateIsWritten) {
  const v1::Trip trip = Declare();
  const Error error = api_.DeclareTrip(Lan(), TripForm("12c34567")).error();
  EXPECT_TRUE(error.Is(kVehicleHasOpenTrip));
  EXPECT_EQ(error.metadata().at("trip_id"), trip.trip_id());
  ASSERT_TRUE(Cancel(Lan(), trip.trip_id()).has_value());
  EXPECT_TRUE(api_.DeclareTrip(Lan(), TripForm()).has_value());
}

TEST_F(CustomsApiTest, AllowsATruckOneOpenTripWhenManyDeclareAtOnce) {
  std::vector<std::future<Result<v1::DeclareTripResponse>>> asked;
  for (int i = 0; i < 6; ++i) {
    asked.push_back(std::async(std::launch::async, [this, call = Lan(), request = TripForm()] {
      return api_.DeclareTrip(call, request);
    }));
  }
  int declared = 0;
  for (auto& one : asked) {
    const auto answer = one.get();
    declared += answer.has_value() ? 1 : 0;
    EXPECT_TRUE(answer.has_value() || answer.error().Is(kVehicleHasOpenTrip));
  }
  EXPECT_EQ(declared, 1);
  EXPECT_EQ(api_.ListTrips(Lan(), {})->trips_size(), 1);
}

TEST_F(CustomsApiTest, ShowsATripToItsOwnerAndToOfficersOfItsGate) {
  const std::string trip_id = Declare().trip_id();
  EXPECT_TRUE(Read(Lan(), trip_id).has_value());
  EXPECT_TRUE(Read(Customs(), trip_id).has_value());
  EXPECT_TRUE(Read(Minh(), trip_id).error().Is(kTripNotFound));
  EXPECT_TRUE(Read(Elsewhere(common::v1::ROLE_CUSTOMS), trip_id).error().Is(kTripNotFound));
  EXPECT_TRUE(Read(Customs(), "trip_none").error().Is(kTripNotFound));
  EXPECT_EQ(api_.ListTrips(Minh(), {})->trips_size(), 0);
  EXPECT_EQ(api_.ListTrips(Customs(), {})->trips_size(), 1);
  EXPECT_EQ(api_.ListTrips(Elsewhere(common::v1::ROLE_CUSTOMS), {})->trips_size(), 0);
  EXPECT_THAT(Read(Health(), trip_id)->goods(), IsEmpty());
  EXPECT_EQ(Read(Customs(), trip_id)->goods(0).value_minor(), 1'500'000'000);
}

TEST_F(CustomsApiTest, ClearsATripWhenEachAgencyHasConfirmedItsStep) {
  const std::string trip_id = Declare().trip_id();
  EXPECT_TRUE(Confirm(Customs(), trip_id, "customs").error().Is(kStepBlocked));
  EXPECT_TRUE(Confirm(Customs(), trip_id, "health").error().Is(kStepNotYours));
  EXPECT_TRUE(Confirm(Elsewhere(common::v1::ROLE_HEALTH), trip_id, "health").error().Is(kTripNotFound));
  EXPECT_TRUE(Confirm(Health(), trip_id, "weighing").error().Is(kStepNotFound));
  ASSERT_TRUE(Confirm(Health(), trip_id, "health").has_value());
  ASSERT_TRUE(Confirm(Health(), trip_id, "health").has_value());  // again: nothing new happens
  const v1::Trip trip = Confirm(Customs(), trip_id, "customs").value();
  EXPECT_EQ(trip.state(), v1::Trip::STATE_CLEARED);
  EXPECT_TRUE(trip.has_clear_time());
  EXPECT_EQ(trip.steps(1).acted_by(), "person_customs");
  EXPECT_EQ(trip.steps(1).acted_by_name(), "Tên person_customs");
  EXPECT_THAT(EventKinds(), ElementsAre("workflow.put", "trip.declared", "trip.step_confirmed",
                                        "trip.step_confirmed", "trip.cleared"));
  EXPECT_EQ(Events()[2].step_id(), "health");
  EXPECT_EQ(Events()[4].trip().state(), v1::Trip::STATE_CLEARED);
}

TEST_F(CustomsApiTest, HoldsAndReleasesWithAReasonThatTheEnterpriseSees) {
  const std::string trip_id = Declare().trip_id();
  auto without_reason = StepForm<v1::HoldStepRequest>(trip_id, "customs");
  without_reason.set_reason("");
  EXPECT_TRUE(api_.HoldStep(Customs(), without_reason).error().Is(kInvalidField));
  EXPECT_EQ(Hold(Customs(), trip_id, "customs")->state(), v1::Trip::STATE_HELD);
  EXPECT_EQ(Read(Lan(), trip_id)->steps(1).remark(), "lý do thử");
  EXPECT_TRUE(Release(Health(), trip_id, "customs").error().Is(kStepNotYours));
  EXPECT_EQ(Release(Customs(), trip_id, "customs")->state(), v1::Trip::STATE_DECLARED);
  EXPECT_TRUE(Release(Customs(), trip_id, "customs").error().Is(kStepNotHeld));
  EXPECT_THAT(EventKinds(),
              ElementsAre("workflow.put", "trip.declared", "trip.step_held", "trip.step_released"));
}

TEST_F(CustomsApiTest, KeepsBothWhenTwoOfficersDisagreeAtOnce) {
  long confirmed_so_far = 0;
  for (int round = 0; round < 8; ++round) {
    const std::string trip_id = Declare().trip_id();
    auto confirm = std::async(
        std::launch::async, [&, call = Health(), form = StepForm<v1::ConfirmStepRequest>(trip_id, "health")] {
          return api_.ConfirmStep(call, form).has_value();
        });
    auto hold = std::async(std::launch::async, [&, call = As("person_health_2", common::v1::ROLE_HEALTH),
                                                form = StepForm<v1::HoldStepRequest>(trip_id, "health")] {
      return api_.HoldStep(call, form).has_value();
    });
    const bool confirmed = confirm.get();
    ASSERT_TRUE(hold.get());
    // The hold wins whichever came first; a confirmation that came first stays on record.
    EXPECT_EQ(Read(Customs(), trip_id)->state(), v1::Trip::STATE_HELD);
    const auto kinds = EventKinds();
    const auto recorded = std::count(kinds.begin(), kinds.end(), "trip.step_confirmed");
    confirmed_so_far += confirmed ? 1 : 0;
    EXPECT_EQ(recorded, confirmed_so_far);
    ASSERT_TRUE(Cancel(Lan(), trip_id).has_value());
  }
}

TEST_F(CustomsApiTest, LosesNoConfirmationWhenAllAgenciesActAtOnce) {
  auto workflow = WorkflowForm();
  const char* const roles[] = {"ROLE_BORDER_GUARD", "ROLE_QUARANTINE", "ROLE_HEALTH", "ROLE_YARD_OPERATOR"};
  for (int i = 0; i < workflow.steps_size(); ++i) workflow.mutable_steps(i)->set_role(roles[i]);
  for (int i = 2; i < 4; ++i) {
    *workflow.add_steps() = workflow.steps(0);
    workflow.mutable_steps(i)->set_step_id("step_" + std::to_string(i));
    workflow.mutable_steps(i)->set_role(roles[i]);
  }
  ASSERT_TRUE(api_.PutWorkflow(Centre(), workflow).has_value());
  const v1::Trip trip = Declare();
  std::vector<std::future<bool>> acts;
  for (const v1::Step& step : trip.steps()) {
    common::v1::Role role{};
    ASSERT_TRUE(common::v1::Role_Parse(step.role(), &role));
    acts.push_back(std::async(std::launch::async,
                              [this, call = As("person_" + step.role(), role),
                               form = StepForm<v1::ConfirmStepRequest>(trip.trip_id(), step.step_id())] {
                                return api_.ConfirmStep(call, form).has_value();
                              }));
  }
  for (auto& act : acts) EXPECT_TRUE(act.get());
  EXPECT_EQ(Read(Customs(), trip.trip_id())->state(), v1::Trip::STATE_CLEARED);
  EXPECT_EQ(EventKinds().back(), "trip.cleared");
}

TEST_F(CustomsApiTest, IsCancelledByItsOwnerOnlyAndStaysSo) {
  const std::string trip_id = Declare().trip_id();
  EXPECT_TRUE(Cancel(Minh(), trip_id).error().Is(kTripNotFound));
  EXPECT_EQ(Cancel(Lan(), trip_id)->state(), v1::Trip::STATE_CANCELLED);
  EXPECT_EQ(Cancel(Lan(), trip_id)->state(), v1::Trip::STATE_CANCELLED);
  EXPECT_TRUE(Confirm(Health(), trip_id, "health").error().Is(kTripClosed));
  EXPECT_THAT(EventKinds(), ElementsAre("workflow.put", "trip.declared", "trip.cancelled"));
}

TEST_F(CustomsApiTest, KeepsEveryVersionOfAWorkflowAndTripsKeepTheirs) {
  const std::string old_trip = Declare().trip_id();
  auto second = WorkflowForm();
  second.mutable_steps()->RemoveLast();
  const v1::Workflow workflow = api_.PutWorkflow(Centre(), second)->workflow();
  EXPECT_EQ(workflow.version(), 2);
  EXPECT_EQ(workflow.author(), "person_centre");
  EXPECT_EQ(Declare("12C-345.68").workflow_version(), 2);
  EXPECT_EQ(Read(Lan(), old_trip)->steps_size(), 2);

  v1::ListWorkflowsRequest list;
  list.set_page_size(1);
  const auto first_page = api_.ListWorkflows(Minh(), list).value();
  ASSERT_EQ(first_page.workflows_size(), 1);
  EXPECT_EQ(first_page.workflows(0).version(), 2);
  list.set_page_token(first_page.next_page_token());
  const auto last_page = api_.ListWorkflows(Minh(), list).value();
  EXPECT_EQ(last_page.workflows(0).steps_size(), 2);
  EXPECT_EQ(last_page.next_page_token(), "");
}

TEST_F(CustomsApiTest, RefusesAWorkflowWithCyclesOrOfAnotherGate) {
  auto request = WorkflowForm();
  request.mutable_steps(0)->add_after_step_ids("customs");
  request.mutable_steps(1)->add_after_step_ids("health");
  const Error error = api_.PutWorkflow(Centre(), request).error();
  ASSERT_EQ(error.fields().size(), 2u);
  EXPECT_EQ(error.fields()[0].reason, "WORKFLOW_HAS_CYCLE");
  const Error far = api_.PutWorkflow(Elsewhere(common::v1::ROLE_MANAGEMENT_CENTRE), WorkflowForm()).error();
  EXPECT_EQ(far.fields().at(0).reason, "GATE_NOT_YOURS");
}

TEST_F(CustomsApiTest, ListsTripsInPagesNewestFirst) {
  std::vector<std::string> declared;
  for (int i = 0; i < 5; ++i) {
    vehicles_.plate_keys.insert("12C1000" + std::to_string(i));
    clock_.Advance(milliseconds(1));
    declared.push_back(Declare("12C-1000" + std::to_string(i)).trip_id());
  }
  std::reverse(declared.begin(), declared.end());
  v1::ListTripsRequest request;
  request.set_page_size(2);
  std::vector<std::string> seen;
  do {
    const auto page = api_.ListTrips(Customs(), request).value();
    for (const auto& trip : page.trips()) {
      seen.push_back(trip.trip_id());
      EXPECT_EQ(trip.goods_size(), 1);
      EXPECT_EQ(trip.steps_size(), 2);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, declared);
  request.set_state(v1::Trip::STATE_HELD);
  EXPECT_EQ(api_.ListTrips(Customs(), request)->trips_size(), 0);
}

TEST_F(CustomsApiTest, ListsTripsThatWaitForARoleOldestFirst) {
  std::vector<std::string> trips;
  for (int i = 0; i < 4; ++i) {
    vehicles_.plate_keys.insert("12C2000" + std::to_string(i));
    clock_.Advance(milliseconds(1));
    trips.push_back(Declare("12C-2000" + std::to_string(i)).trip_id());
  }
  const auto waiting = [&](const rpc::CallContext& call, std::vector<rpc::Role> roles) {
    v1::ListTripsRequest request;
    request.set_page_size(1);
    request.set_oldest_first(true);
    for (const rpc::Role role : roles) request.add_open_step_roles(role);
    std::vector<std::string> found;
    do {
      const auto page = api_.ListTrips(call, request).value();
      for (const auto& trip : page.trips()) found.push_back(trip.trip_id());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return found;
  };
  using common::v1::ROLE_CUSTOMS;
  using common::v1::ROLE_HEALTH;
  EXPECT_EQ(waiting(Health(), {ROLE_HEALTH}), trips);
  EXPECT_TRUE(waiting(Customs(), {ROLE_CUSTOMS}).empty()) << "customs waits for health";

  ASSERT_TRUE(Confirm(Health(), trips[0], "health").has_value());
  ASSERT_TRUE(Hold(Health(), trips[1], "health").has_value());
  ASSERT_TRUE(Cancel(Lan(), trips[2]).has_value());
  EXPECT_EQ(waiting(Health(), {ROLE_HEALTH}), std::vector{trips[3]})
      << "done, held and withdrawn ones are gone";
  EXPECT_EQ(waiting(Customs(), {ROLE_CUSTOMS}), std::vector{trips[0]});
  EXPECT_EQ(waiting(Centre(), {ROLE_CUSTOMS, ROLE_HEALTH}), (std::vector{trips[0], trips[3]}));

  EXPECT_EQ(waiting(Lan(), {ROLE_HEALTH}), std::vector{trips[3]});
  EXPECT_TRUE(waiting(Minh(), {ROLE_HEALTH}).empty()) << "another enterprise's";
  EXPECT_TRUE(waiting(Elsewhere(ROLE_HEALTH), {ROLE_HEALTH}).empty()) << "another gate's officer";

  ASSERT_TRUE(Confirm(Customs(), trips[0], "customs").has_value());
  EXPECT_TRUE(waiting(Customs(), {ROLE_CUSTOMS}).empty());
}

TEST_F(CustomsApiTest, RefusesToListByARoleThatDoesNotExist) {
  v1::ListTripsRequest request;
  request.add_open_step_roles(static_cast<rpc::Role>(99));
  EXPECT_EQ(api_.ListTrips(Customs(), request).error().fields().at(0).reason, "ROLE_UNKNOWN");
}

}  // namespace
}  // namespace bordergate::customs
