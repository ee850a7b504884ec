// Goal: a partner sees the agreed fields and no others. Method: real events of the contract.
#include "services/exchange/peers/event_projection.h"

#include <gtest/gtest.h>

#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/lane/v1/lane_service.pb.h"

#include "services/exchange/domain/reasons.h"

namespace bordergate::exchange {
namespace {

TEST(Catalogue, KnowsEveryKindOfTheServicesItFollows) {
  const ProtoEventCatalogue catalogue;
  EXPECT_TRUE(catalogue.CheckField("lane.passage.completed", "plate").has_value());
  EXPECT_TRUE(catalogue.CheckField("customs.trip.step_confirmed", "goods.hs_code").has_value());
  EXPECT_TRUE(catalogue.CheckField("vehicle.watch_list.entry_added", "plate.normalised").has_value());
  EXPECT_TRUE(catalogue.CheckField("fee.invoice.paid", "amount_dong").has_value());
  EXPECT_TRUE(catalogue.CheckField("yard.ticket.called", "number").has_value());
}

TEST(Catalogue, RefusesWhatIsNotThere) {
  const ProtoEventCatalogue catalogue;
  EXPECT_TRUE(catalogue.CheckField("lane.passage.exploded", "plate").error().Is(kEventKindUnknown));
  EXPECT_TRUE(catalogue.CheckField("passage.completed", "plate").error().Is(kEventKindUnknown));
  EXPECT_TRUE(catalogue.CheckField("lane.passage.completed", "driver").error().Is(kEventFieldUnknown));
  EXPECT_TRUE(
      catalogue.CheckField("customs.trip.declared", "goods.hs_code.chapter").error().Is(kEventFieldUnknown));
  EXPECT_TRUE(catalogue.CheckField("customs.trip.declared", "").error().Is(kEventFieldUnknown));
}

TEST(Projection, TakesTheAgreedFieldsAndNoOthers) {
  lane::v1::LaneEvent event;
  event.mutable_header()->set_actor("person_secret");
  event.mutable_passage()->set_plate("12C34567");
  event.mutable_passage()->set_lane_id("huu-nghi-x1");
  event.mutable_passage()->set_trip_id("trip_1");
  EXPECT_EQ(Project(event, {"plate", "ticket_id"}), R"({"plate":"12C34567","ticket_id":""})");
}

TEST(Projection, TakesAFieldFromEachElementOfAList) {
  customs::v1::CustomsEvent event;
  auto* trip = event.mutable_trip();
  trip->mutable_vehicle()->mutable_plate()->set_normalised("12C34567");
  for (const char* code : {"08106000", "07099990"}) {
    auto* line = trip->add_goods();
    line->set_hs_code(code);
    line->set_value_minor(123);
    line->set_gross_mass_kg(18'000);
  }
  EXPECT_EQ(
      Project(event, {"goods.hs_code", "goods.gross_mass_kg", "vehicle.plate.normalised"}),
      R"({"goods":[{"gross_mass_kg":"18000","hs_code":"08106000"},{"gross_mass_kg":"18000","hs_code":"07099990"}],)"
      R"("vehicle":{"plate":{"normalised":"12C34567"}}})");
}

TEST(Projection, LeavesOutWhatIsNotSet) {
  customs::v1::CustomsEvent event;
  event.mutable_trip()->set_gate_id("huu-nghi");
  EXPECT_EQ(Project(event, {"gate_id", "cross_time", "quarantine.certificate_number"}),
            R"({"gate_id":"huu-nghi"})");
}

}  // namespace
}  // namespace bordergate::exchange
