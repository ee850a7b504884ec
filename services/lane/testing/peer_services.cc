#include "services/lane/testing/peer_services.h"

#include "bordergate/customs/v1/customs_service.rpc.h"
#include "bordergate/fee/v1/fee_service.rpc.h"
#include "bordergate/vehicle/v1/vehicle_service.rpc.h"
#include "bordergate/yard/v1/yard_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/plate/plate.h"
#include "libs/rpc/server.h"
#include "libs/rpc/time.h"
#include "libs/rpc/watch.h"

namespace bordergate::lane {
namespace {

// Serves one service: every method of its descriptor must be there, so all but Watch are refused.
template <class WatchMethod, class... Refused>
class PeerServer {
 public:
  PeerServer(const TestPki& pki, const std::string& name, const std::string& listen, EventSource& events)
      : telemetry_(name, "error"), server_(ConfigOf(pki, name, listen), telemetry_, clock_) {
    (server_.Add<Refused>([](const rpc::CallContext&, const auto&) -> Result<typename Refused::Response> {
      return Error(kMethodUnknown, "this service is played by a test");
    }),
     ...);
    server_.AddStream<WatchMethod>([&events](const rpc::CallContext&, const auto& request, auto& writer) {
      return rpc::ServeWatch<WatchMethod>(events, request, writer);
    });
    server_.Start();
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(server_.port()); }

 private:
  static RpcConfig ConfigOf(const TestPki& pki, const std::string& name, const std::string& listen) {
    RpcConfig config = pki.MakeRpcConfig(name);
    if (!listen.empty()) config.listen = listen;
    config.drain_duration = milliseconds(200);
    return config;
  }

  SystemClock clock_;
  Telemetry telemetry_;
  rpc::Server server_;
};

namespace c = customs::v1::customs_service;
namespace f = fee::v1::fee_service;
namespace v = vehicle::v1::vehicle_service;
namespace y = yard::v1::yard_service;

Instant Now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace

struct PeerServices::Servers {
  PeerServer<c::Watch, c::DeclareTrip, c::GetTrip, c::GetSlip, c::GetSlipPage, c::ListTrips, c::CancelTrip,
             c::ConfirmStep, c::HoldStep, c::ReleaseStep, c::PutWorkflow, c::ListWorkflows>
      customs;
  PeerServer<f::Watch, f::PutTariff, f::ListTariffs, f::QuoteFee, f::GetInvoice, f::ListInvoices,
             f::ExemptInvoice, f::ReceivePayment, f::ListPayments>
      fee;
  PeerServer<y::Watch, y::PutYard, y::ListYards, y::PutHoldingPlan, y::ListHoldingPlans, y::CheckIn,
             y::GetTicket, y::ListTickets, y::CallOutOfTurn>
      yard;
  PeerServer<v::Watch, v::RegisterEnterprise, v::GetEnterprise, v::RegisterVehicle, v::GetVehicle,
             v::FindVehicle, v::ListVehicles, v::RegisterDriver, v::GetDriver, v::ListDrivers,
             v::AddWatchListEntry, v::RemoveWatchListEntry, v::ListWatchList, v::SetVehicleTag>
      vehicle;
};

PeerServices::PeerServices(const TestPki& pki) : pki_(pki) { Start(); }
PeerServices::~PeerServices() = default;
PeerAddresses PeerServices::addresses() const { return addresses_; }

void PeerServices::Stop() { servers_.reset(); }

void PeerServices::Start() {
  servers_.reset(new Servers{{pki_, "customs", addresses_.customs, customs},
                             {pki_, "fee", addresses_.fee, fee},
                             {pki_, "yard", addresses_.yard, yard},
                             {pki_, "vehicle", addresses_.vehicle, vehicle}});
  addresses_ = {servers_->customs.address(), servers_->fee.address(), servers_->yard.address(),
                servers_->vehicle.address()};
}

void PeerServices::Expect(const std::string& trip_id, const std::string& plate, const std::string& gate_id,
                          const std::string& container_number) {
  Declare(trip_id, plate, gate_id, true, false, container_number);
  Settle(trip_id);
  Call(trip_id, gate_id);
}

void PeerServices::Declare(const std::string& trip_id, const std::string& plate, const std::string& gate_id,
                           bool cleared, bool empty, const std::string& container_number) {
  customs::v1::CustomsEvent event;
  auto& trip = *event.mutable_trip();
  trip.set_trip_id(trip_id);
  trip.set_gate_id(gate_id);
  trip.set_direction(common::v1::DIRECTION_EXPORT);
  trip.set_empty(empty);
  trip.mutable_vehicle()->mutable_plate()->set_normalised(NormalisePlate(plate));
  trip.mutable_vehicle()->set_container_number(container_number);
  trip.set_state(cleared ? customs::v1::Trip::STATE_CLEARED : customs::v1::Trip::STATE_DECLARED);
  auto& step = *trip.add_steps();
  step.set_step_id("customs");
  step.set_state(cleared ? customs::v1::Step::STATE_CONFIRMED : customs::v1::Step::STATE_OPEN);
  customs.Append(cleared ? "trip.cleared" : "trip.declared", event);
}

void PeerServices::Settle(const std::string& trip_id) {
  fee::v1::FeeEvent event;
  event.mutable_invoice()->set_trip_id(trip_id);
  event.mutable_invoice()->set_state(fee::v1::Invoice::STATE_PAID);
  fee.Append("invoice.paid", event);
}

void PeerServices::Call(const std::string& trip_id, const std::string& gate_id) {
  yard::v1::YardEvent event;
  auto& ticket = *event.mutable_ticket();
  ticket.set_ticket_id("ticket_" + trip_id);
  ticket.set_trip_id(trip_id);
  ticket.set_gate_id(gate_id);
  ticket.set_state(yard::v1::Ticket::STATE_CALLED);
  *ticket.mutable_call_expire_time() = rpc::ToTimestamp(Now() + std::chrono::hours(1));
  yard.Append("ticket.called", event);
}

void PeerServices::Register(const std::string& plate, int tare_kg, const std::string& tag_id) {
  vehicle::v1::VehicleEvent event;
  auto& one = *event.mutable_vehicle();
  one.mutable_plate()->set_normalised(NormalisePlate(plate));
  one.set_tare_kg(tare_kg);
  one.set_tag_id(tag_id);
  vehicle.Append("vehicle.registered", event);
}

void PeerServices::StopAtSight(const std::string& entry_id, const std::string& plate) {
  vehicle::v1::VehicleEvent event;
  auto& entry = *event.mutable_watch_list_entry();
  entry.set_watch_list_entry_id(entry_id);
  entry.mutable_plate()->set_normalised(NormalisePlate(plate));
  entry.set_cause(vehicle::v1::WatchListEntry::CAUSE_STOLEN);
  vehicle.Append("watch_list.entry_added", event);
}

}  // namespace bordergate::lane
