// Goal: every declared trip gets exactly one invoice, by the tariff of its time, and is never free for want
// of one. Method: customs' events handed to the consumer over a private PostgreSQL.
#include "services/fee/follow.h"

#include <gmock/gmock.h>

#include "services/fee/testing/fee_bench.h"

namespace bordergate::fee {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FollowCustomsTest : public FeeBench {};

TEST_F(FollowCustomsTest, IssuesOneInvoiceATripHoweverOftenTheEventComes) {
  PutTariff();
  const std::vector events = {TripEvent("trip.declared", "trip_1"),
                              TripEvent("trip.step_confirmed", "trip_1"),
                              TripEvent("trip.declared", "trip_2")};
  ASSERT_TRUE(consumer_.apply(events, 3).has_value());
  ASSERT_TRUE(consumer_.apply(events, 3).has_value());
  EXPECT_EQ(consumer_.load().value(), 3);
  const v1::Invoice invoice = InvoiceOf("trip_1");
  EXPECT_EQ(invoice.enterprise_id(), "enterprise_1");
  EXPECT_EQ(invoice.amount_dong(), 1'000'000);
  ASSERT_EQ(invoice.lines_size(), 1);
  EXPECT_EQ(invoice.lines(0).title_vi(), "Xe từ 4 đến dưới 18 tấn");
  EXPECT_THAT(EventKinds(), ElementsAre("tariff.put", "invoice.issued", "invoice.issued"));
  EXPECT_EQ(Events().back().actor, "service:fee");
  EXPECT_EQ(Events().back().trace_id, "0123456789abcdef0123456789abcdef");
}

TEST_F(FollowCustomsTest, PricesByTheTariffInForceWhenTheTripWasDeclared) {
  PutTariff();
  auto dearer = TariffForm();
  dearer.mutable_lines(3)->set_amount_dong(2'000'000);
  *dearer.mutable_effective_time() = rpc::ToTimestamp(clock_.Now() + seconds(10));
  ASSERT_TRUE(api_.PutTariff(Centre(), dearer).has_value());
  // Declared before midnight, heard of after.
  const auto declared = TripEvent("trip.declared", "trip_1");
  clock_.Advance(seconds(10));
  ASSERT_TRUE(consumer_.apply({declared}, 1).has_value());
  Happens("trip.declared", "trip_2");
  EXPECT_EQ(InvoiceOf("trip_1").amount_dong(), 1'000'000);
  EXPECT_EQ(InvoiceOf("trip_1").tariff_version(), 1);
  EXPECT_EQ(InvoiceOf("trip_2").amount_dong(), 2'000'000);
  EXPECT_EQ(InvoiceOf("trip_2").tariff_version(), 2);
}

TEST_F(FollowCustomsTest, KeepsATripThatNoTariffPricesAndChargesItLater) {
  Happens("trip.declared", "trip_1");
  Happens("trip.declared", "trip_2");
  EXPECT_THAT(Invoices(Collector()), IsEmpty());
  EXPECT_EQ(UnpricedCount(), 2);
  EXPECT_THAT(telemetry_.metrics.Text(), HasSubstr("bordergate_fee_trips_to_price 2"));
  Happens("trip.cancelled", "trip_2");
  EXPECT_EQ(UnpricedCount(), 1);

  // One that begins only after the declaration does not price it.
  auto later = TariffForm();
  *later.mutable_effective_time() = rpc::ToTimestamp(clock_.Now() + seconds(1));
  ASSERT_TRUE(api_.PutTariff(Centre(), later).has_value());
  EXPECT_EQ(UnpricedCount(), 1);
  PutTariff();
  EXPECT_EQ(UnpricedCount(), 0);
  EXPECT_EQ(InvoiceOf("trip_1").tariff_version(), 2);
  EXPECT_THAT(EventKinds(), ElementsAre("tariff.put", "tariff.put", "invoice.issued"));
  waiting_.Report();
  EXPECT_THAT(telemetry_.metrics.Text(), HasSubstr("bordergate_fee_trips_to_price 0"));
}

TEST_F(FollowCustomsTest, VoidsTheInvoiceOfACancelledTripAndOwesBackWhatWasPaid) {
  PutTariff();
  const std::string open = DeclaredInvoice("trip_open").invoice_id();
  const std::string paid = DeclaredInvoice("trip_paid").invoice_id();
  ASSERT_TRUE(Receive(NoticeForm(paid, 1'000'000)).has_value());
  Happens("trip.cancelled", "trip_open");
  Happens("trip.cancelled", "trip_paid");
  Happens("trip.cancelled", "trip_paid");
  EXPECT_EQ(InvoiceOf("trip_open").state(), v1::Invoice::STATE_VOID);
  EXPECT_EQ(InvoiceOf("trip_open").refund_dong(), 0);
  EXPECT_EQ(InvoiceOf("trip_paid").state(), v1::Invoice::STATE_VOID);
  EXPECT_EQ(InvoiceOf("trip_paid").refund_dong(), 1'000'000);
  EXPECT_EQ(Receive(NoticeForm(open, 1'000'000))->state(), v1::Payment::STATE_SUSPENSE);
  const auto kinds = EventKinds();
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "invoice.voided"), 2);
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FollowCustomsTest, ChargesACancelledTripThatCrossedAllTheSame) {
  PutTariff();
  const std::string paid = DeclaredInvoice("trip_paid").invoice_id();
  DeclaredInvoice("trip_open");
  ASSERT_TRUE(Receive(NoticeForm(paid, 1'000'000)).has_value());
  for (const char* kind : {"trip.cancelled", "trip.crossed", "trip.crossed"}) {
    Happens(kind, "trip_open");
    Happens(kind, "trip_paid");
  }
  EXPECT_EQ(InvoiceOf("trip_open").state(), v1::Invoice::STATE_OPEN);
  EXPECT_EQ(InvoiceOf("trip_paid").state(), v1::Invoice::STATE_PAID);
  EXPECT_EQ(InvoiceOf("trip_paid").refund_dong(), 0);
  const auto kinds = EventKinds();
  EXPECT_EQ(kinds.back(), "invoice.paid");
  EXPECT_EQ(kinds[kinds.size() - 2], "invoice.issued");
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FollowCustomsTest, AppliesABatchWhollyOrNotAtAll) {
  PutTariff();
  const auto script = [&](const char* sql) {
    ASSERT_TRUE(database_
                    .Change(clock_.SteadyNow() + seconds(5),
                            [&](db::Transaction& transaction) { return transaction.ExecuteScript(sql); })
                    .has_value());
  };
  script("ALTER TABLE invoices ADD CONSTRAINT broken CHECK (trip_id <> 'trip_2')");
  const std::vector events = {TripEvent("trip.declared", "trip_1"), TripEvent("trip.declared", "trip_2")};
  EXPECT_FALSE(consumer_.apply(events, 2).has_value());
  EXPECT_THAT(Invoices(Collector()), IsEmpty());
  EXPECT_EQ(consumer_.load().value(), 0);
  script("ALTER TABLE invoices DROP CONSTRAINT broken");
  EXPECT_TRUE(consumer_.apply(events, 2).has_value());
  EXPECT_EQ(Invoices(Collector()).size(), 2u);
}

}  // namespace
}  // namespace bordergate::fee
