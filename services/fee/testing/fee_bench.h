// Fee on a private PostgreSQL with everybody who has to do with it, for tests.
#pragma once

#include <gtest/gtest.h>

#include "embedded/fee_store.h"
#include "libs/core/digest.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/rpc/enums.h"
#include "libs/rpc/time.h"
#include "libs/testing/callers.h"
#include "libs/testing/manual_wall_clock.h"
#include "libs/testing/test_postgres.h"
#include "services/fee/api/convert.h"
#include "services/fee/api/fee_api.h"
#include "services/fee/follow.h"
#include "services/fee/store/postgres_fee_store.h"
#include "services/fee/testing/published_tariff.h"

namespace bordergate::fee {

class FeeBench : public ::testing::Test, protected Callers {
 protected:
  static constexpr std::string_view kBankSeed = "ssssssssssssssssssssssssssssssss";

  FeeBench() { EXPECT_TRUE(db::Migrate(database_, clock_, embedded::fee_store::migrations()).has_value()); }

  rpc::CallContext Collector() { return As("person_collector", common::v1::ROLE_FEE_COLLECTOR); }
  rpc::CallContext Nobody() { return As("", common::v1::ROLE_UNSPECIFIED); }

  v1::PutTariffRequest TariffForm() {
    const v1::Tariff tariff = ToProto(PublishedTariff());
    v1::PutTariffRequest request;
    request.set_request_id(NextRequestId());
    request.set_gate_id(tariff.gate_id());
    *request.mutable_effective_time() = tariff.effective_time();
    *request.mutable_lines() = tariff.lines();
    *request.mutable_coefficients() = tariff.coefficients();
    request.set_source(tariff.source());
    request.set_reason(tariff.reason());
    return request;
  }
  void PutTariff() { ASSERT_TRUE(api_.PutTariff(Centre(), TariffForm()).has_value()); }

  // customs' event about a truck with 16.2 t of durian, exported: 1,000,000 đồng by the published tariff.
  customs::v1::CustomsEvent TripEvent(const std::string& kind, const std::string& trip_id) {
    customs::v1::CustomsEvent event;
    event.mutable_header()->set_sequence(++customs_sequence_);
    event.mutable_header()->set_kind(kind);
    event.mutable_header()->set_trace_id("0123456789abcdef0123456789abcdef");
    customs::v1::Trip& trip = *event.mutable_trip();
    trip.set_trip_id(trip_id);
    trip.set_enterprise_id("enterprise_1");
    trip.set_gate_id("huu-nghi");
    trip.set_direction(common::v1::DIRECTION_EXPORT);
    trip.set_regime(customs::v1::REGIME_EXPORT);
    *trip.mutable_declare_time() = rpc::ToTimestamp(clock_.Now());
    customs::v1::GoodsLine& line = *trip.add_goods();
    line.set_hs_code("08106000");
    line.set_gross_mass_kg(16'200);
    return event;
  }
  void Happens(const std::string& kind, const std::string& trip_id) {
    const auto event = TripEvent(kind, trip_id);
    const auto applied = consumer_.apply({event}, event.header().sequence());
    ASSERT_TRUE(applied.has_value()) << applied.error().message();
  }

  std::vector<v1::Invoice> Invoices(const rpc::CallContext& call, const std::string& trip_id = "") {
    v1::ListInvoicesRequest request;
    request.set_trip_id(trip_id);
    const auto page = api_.ListInvoices(call, request).value();
    return {page.invoices().begin(), page.invoices().end()};
  }
  v1::Invoice InvoiceOf(const std::string& trip_id) {
    const auto found = Invoices(Collector(), trip_id);
    EXPECT_EQ(found.size(), 1u) << trip_id;
    return found.empty() ? v1::Invoice() : found.front();
  }
  v1::Invoice DeclaredInvoice(const std::string& trip_id) {
    Happens("trip.declared", trip_id);
    return InvoiceOf(trip_id);
  }

  v1::ReceivePaymentRequest NoticeForm(const std::string& invoice_id, int64_t amount_dong,
                                       const std::string& reference = "") {
    v1::ReceivePaymentRequest request;
    request.set_bank_id("vietinbank");
    request.set_bank_reference(reference.empty() ? "FT2632600" + NextRequestId() : reference);
    request.set_invoice_id(invoice_id);
    request.set_amount_dong(amount_dong);
    *request.mutable_book_time() = rpc::ToTimestamp(clock_.Now());
    *request.mutable_sign_time() = rpc::ToTimestamp(clock_.Now());
    request.set_signature(SignEd25519(kBankSeed, SignedBytes(FromProto(request))));
    return request;
  }
  Result<v1::Payment> Receive(const v1::ReceivePaymentRequest& request) {
    return BG_TRY(api_.ReceivePayment(Nobody(), request)).payment();
  }
  Result<v1::Invoice> Exempt(const rpc::CallContext& call, const std::string& invoice_id) {
    v1::ExemptInvoiceRequest request;
    request.set_request_id(NextRequestId());
    request.set_invoice_id(invoice_id);
    request.set_reason("hàng cứu trợ");
    return BG_TRY(api_.ExemptInvoice(call, request)).invoice();
  }

  std::vector<StoredEvent> Events() { return events_.ReadAfter(0, 10'000).value(); }
  std::vector<std::string> EventKinds() {
    std::vector<std::string> kinds;
    for (const StoredEvent& event : Events()) kinds.push_back(event.kind);
    return kinds;
  }
  std::vector<std::string> Contradictions() {
    std::vector<std::string> found;
    EXPECT_TRUE(fees_
                    .Read(clock_.SteadyNow() + seconds(5),
                          [&](FeeStore& store) -> Result<void> {
                            found =
                                FindContradictions(BG_TRY(store.ReadBalances()), BG_TRY(store.ReadTotals()));
                            return {};
                          })
                    .has_value());
    return found;
  }
  int64_t UnpricedCount() {
    int64_t count = -1;
    EXPECT_TRUE(fees_
                    .Read(clock_.SteadyNow() + seconds(5),
                          [&](FeeStore& store) -> Result<void> {
                            count = BG_TRY(store.CountUnpriced());
                            return {};
                          })
                    .has_value());
    return count;
  }

  int64_t customs_sequence_ = 0;
  ManualWallClock clock_;
  SystemRandom random_;
  IdMaker ids_{clock_, random_};
  Telemetry telemetry_{"fee", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  db::EventLog events_{database_, telemetry_, clock_};
  db::PostgresUnitOfWork<FeeStore, PostgresFeeStore> fees_{database_, clock_};
  ProtoEventBodies bodies_;
  FeeApi api_{fees_, bodies_, {{"vietinbank", PublicKeyEd25519(kBankSeed)}}, ids_, clock_};
  WaitingTrips waiting_{fees_, telemetry_, clock_};
  rpc::Subscription<customs::v1::customs_service::Watch>::Consumer consumer_ =
      FollowCustoms(fees_, bodies_, ids_, clock_, waiting_);
};

}  // namespace bordergate::fee
