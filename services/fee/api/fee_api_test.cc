// Goal: each verb does its work once, for those who may; money ends where it belongs whatever the bank sends.
// Method: the handlers over a private PostgreSQL, called by an enterprise, by another one, by officers of the
// gate and of another gate, and by a bank with and without its key.
#include "services/fee/api/fee_api.h"

#include <future>

#include <gmock/gmock.h>

#include "libs/core/random.h"
#include "libs/core/reasons.h"
#include "services/fee/domain/reasons.h"
#include "services/fee/testing/fee_bench.h"

namespace bordergate::fee {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kOwed_dong = 1'000'000;  // by TripEvent's truck

class FeeApiTest : public FeeBench {
 protected:
  FeeApiTest() { PutTariff(); }
};

TEST_F(FeeApiTest, KeepsEveryVersionOfATariff) {
  auto second = TariffForm();
  second.mutable_lines(0)->set_amount_dong(200'000);
  EXPECT_EQ(api_.PutTariff(Centre(), second)->tariff().version(), 2);
  EXPECT_EQ(api_.PutTariff(Centre(), second)->tariff().version(), 2) << "a repeat makes no third version";
  const auto tariffs = api_.ListTariffs(Minh(), {}).value();
  ASSERT_EQ(tariffs.tariffs_size(), 2);
  EXPECT_EQ(tariffs.tariffs(0).version(), 2);
  EXPECT_EQ(tariffs.tariffs(0).author(), "person_centre");
  EXPECT_EQ(tariffs.tariffs(1).lines(0).amount_dong(), 100'000);
  EXPECT_EQ(tariffs.tariffs(1).coefficients(0).hs_chapters(0), "26");
  EXPECT_THAT(EventKinds(), ElementsAre("tariff.put", "tariff.put"));
}

TEST_F(FeeApiTest, RefusesATariffWithFaultsOrOfAnotherGate) {
  auto request = TariffForm();
  request.mutable_lines(0)->set_amount_dong(-1);
  request.mutable_lines(1)->set_direction(static_cast<common::v1::Direction>(9));
  const Error error = api_.PutTariff(Centre(), request).error();
  ASSERT_EQ(error.fields().size(), 2u);
  EXPECT_EQ(error.fields()[0].reason, "DIRECTION_UNKNOWN");
  EXPECT_EQ(error.fields()[1].field, "lines[0].amount_dong");
  const Error far = api_.PutTariff(Elsewhere(common::v1::ROLE_MANAGEMENT_CENTRE), TariffForm()).error();
  EXPECT_EQ(far.fields().at(0).reason, "GATE_NOT_YOURS");
}

TEST_F(FeeApiTest, QuotesByTheTariffInForceNow) {
  v1::QuoteFeeRequest request;
  request.set_gate_id("huu-nghi");
  request.set_direction(common::v1::DIRECTION_EXPORT);
  request.set_regime("REGIME_EXPORT");
  request.add_hs_codes("26011100");
  request.set_gross_mass_kg(20'000);
  const auto quote = api_.QuoteFee(Minh(), request).value();
  EXPECT_EQ(quote.amount_dong(), 7'500'000);
  EXPECT_EQ(quote.lines(1).permille(), 5'000);
  EXPECT_EQ(quote.tariff_version(), 1);

  // A tariff that begins tomorrow changes nothing today.
  auto tomorrow = TariffForm();
  tomorrow.mutable_coefficients(0)->set_permille(6'000);
  *tomorrow.mutable_effective_time() = rpc::ToTimestamp(clock_.Now() + std::chrono::days(1));
  ASSERT_TRUE(api_.PutTariff(Centre(), tomorrow).has_value());
  EXPECT_EQ(api_.QuoteFee(Minh(), request)->amount_dong(), 7'500'000);
  clock_.Advance(std::chrono::days(1));
  EXPECT_EQ(api_.QuoteFee(Minh(), request)->amount_dong(), 9'000'000);

  request.set_gate_id("tan-thanh");
  EXPECT_TRUE(api_.QuoteFee(Minh(), request).error().Is(kTariffNotFound));
  request.set_regime("EXPORT");
  request.set_hs_codes(0, "99");
  EXPECT_EQ(api_.QuoteFee(Minh(), request).error().fields().size(), 2u);
}

TEST_F(FeeApiTest, ShowsAnInvoiceToItsOwnerAndToOfficersOfItsGate) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  v1::GetInvoiceRequest get;
  get.set_invoice_id(invoice.invoice_id());
  EXPECT_EQ(api_.GetInvoice(Lan(), get)->invoice().SerializeAsString(), invoice.SerializeAsString());
  EXPECT_TRUE(api_.GetInvoice(Collector(), get).has_value());
  EXPECT_TRUE(api_.GetInvoice(Minh(), get).error().Is(kInvoiceNotFound));
  EXPECT_TRUE(api_.GetInvoice(Elsewhere(common::v1::ROLE_FEE_COLLECTOR), get).error().Is(kInvoiceNotFound));
  EXPECT_EQ(Invoices(Lan()).size(), 1u);
  EXPECT_THAT(Invoices(Minh()), IsEmpty());
  EXPECT_THAT(Invoices(Elsewhere(common::v1::ROLE_FEE_COLLECTOR)), IsEmpty());
}

TEST_F(FeeApiTest, SettlesAnInvoiceByItsExactAmountOnce) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  EXPECT_EQ(invoice.amount_dong(), kOwed_dong);
  EXPECT_EQ(invoice.state(), v1::Invoice::STATE_OPEN);
  const auto notice = NoticeForm(invoice.invoice_id(), kOwed_dong);
  const v1::Payment payment = Receive(notice).value();
  EXPECT_EQ(payment.state(), v1::Payment::STATE_APPLIED);
  EXPECT_EQ(Receive(notice)->SerializeAsString(), payment.SerializeAsString())
      << "a repeat gets the same payment";
  const v1::Invoice paid = InvoiceOf("trip_1");
  EXPECT_EQ(paid.state(), v1::Invoice::STATE_PAID);
  EXPECT_EQ(paid.paid_dong(), kOwed_dong);
  EXPECT_TRUE(paid.has_settle_time());
  EXPECT_THAT(EventKinds(), ElementsAre("tariff.put", "invoice.issued", "payment.received", "invoice.paid"));
  EXPECT_EQ(Events().back().actor, "bank:vietinbank");
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FeeApiTest, KeepsApartWhateverIsNotExactlyOwed) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  const std::string id = invoice.invoice_id();
  for (const auto& notice : {NoticeForm(id, kOwed_dong - 1), NoticeForm(id, kOwed_dong + 1),
                             NoticeForm("invoice_of_nobody", kOwed_dong)}) {
    EXPECT_EQ(Receive(notice)->state(), v1::Payment::STATE_SUSPENSE);
  }
  EXPECT_EQ(InvoiceOf("trip_1").state(), v1::Invoice::STATE_OPEN);
  ASSERT_TRUE(Receive(NoticeForm(id, kOwed_dong)).has_value());
  EXPECT_EQ(Receive(NoticeForm(id, kOwed_dong))->state(), v1::Payment::STATE_SUSPENSE) << "paid twice";
  v1::ListPaymentsRequest list;
  list.set_state(v1::Payment::STATE_SUSPENSE);
  EXPECT_EQ(api_.ListPayments(Collector(), list)->payments_size(), 4);
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FeeApiTest, TakesMoneyFromKnownBanksOnly) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  auto notice = NoticeForm(invoice.invoice_id(), kOwed_dong);
  notice.set_amount_dong(1);
  EXPECT_TRUE(Receive(notice).error().Is(kBankSignatureInvalid));
  notice.set_bank_id("acb");
  EXPECT_TRUE(Receive(notice).error().Is(kBankUnknown));
  notice.set_bank_reference("x");
  EXPECT_TRUE(Receive(notice).error().Is(kInvalidField));
  const auto old = NoticeForm(invoice.invoice_id(), kOwed_dong);
  clock_.Advance(std::chrono::minutes(16));
  EXPECT_TRUE(Receive(old).error().Is(kBankNoticeTooOld));
  EXPECT_EQ(api_.ListPayments(Collector(), {})->payments_size(), 0);
  // Signed again under the same reference, it counts.
  EXPECT_EQ(Receive(NoticeForm(invoice.invoice_id(), kOwed_dong, old.bank_reference()))->state(),
            v1::Payment::STATE_APPLIED);
}

TEST_F(FeeApiTest, TakesANoticeOnceWhenItComesManyTimesAtOnce) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  const auto same = NoticeForm(invoice.invoice_id(), kOwed_dong);
  std::vector<std::future<std::string>> sent;
  for (int i = 0; i < 6; ++i) {
    sent.push_back(std::async(std::launch::async, [&] { return Receive(same).value().payment_id(); }));
  }
  std::set<std::string> payments;
  for (auto& one : sent) payments.insert(one.get());
  EXPECT_EQ(payments.size(), 1u);
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FeeApiTest, AppliesOneOfTwoPaymentsThatComeAtOnce) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  std::vector<std::future<v1::Payment::State>> sent;
  for (int i = 0; i < 4; ++i) {
    sent.push_back(
        std::async(std::launch::async, [this, notice = NoticeForm(invoice.invoice_id(), kOwed_dong)] {
          return Receive(notice).value().state();
        }));
  }
  int applied = 0;
  for (auto& one : sent) applied += one.get() == v1::Payment::STATE_APPLIED ? 1 : 0;
  EXPECT_EQ(applied, 1);
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FeeApiTest, ReleasesAnOpenInvoiceWithARecordedReason) {
  const v1::Invoice invoice = DeclaredInvoice("trip_1");
  v1::ExemptInvoiceRequest without_reason;
  without_reason.set_request_id("request-x");
  without_reason.set_invoice_id(invoice.invoice_id());
  EXPECT_TRUE(api_.ExemptInvoice(Collector(), without_reason).error().Is(kInvalidField));
  EXPECT_TRUE(
      Exempt(Elsewhere(common::v1::ROLE_FEE_COLLECTOR), invoice.invoice_id()).error().Is(kInvoiceNotFound));
  const v1::Invoice released = Exempt(Collector(), invoice.invoice_id()).value();
  EXPECT_EQ(released.state(), v1::Invoice::STATE_EXEMPTED);
  EXPECT_EQ(released.exempt_reason(), "hàng cứu trợ");
  EXPECT_TRUE(Exempt(Collector(), invoice.invoice_id()).error().Is(kInvoiceNotOpen));
  EXPECT_TRUE(Exempt(Collector(), "invoice_none").error().Is(kInvoiceNotFound));
  EXPECT_EQ(Events().back().kind, "invoice.exempted");
  EXPECT_EQ(Events().back().actor, "person_collector");
  EXPECT_THAT(Contradictions(), IsEmpty());
}

TEST_F(FeeApiTest, NeverChangesWhatStandsInTheLedger) {
  DeclaredInvoice("trip_1");
  for (const char* sql : {"UPDATE ledger SET amount_dong = 1", "DELETE FROM ledger", "TRUNCATE ledger"}) {
    EXPECT_FALSE(database_
                     .Change(clock_.SteadyNow() + seconds(5),
                             [&](db::Transaction& transaction) { return transaction.ExecuteScript(sql); })
                     .has_value())
        << sql;
  }
  EXPECT_THAT(Contradictions(), IsEmpty());
}

// Invariant 5 of the whole: whatever trips, banks and collectors do, no đồng is made or lost.
TEST_F(FeeApiTest, ConservesMoneyInAnyOrderOfThings) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    SeededRandom random(seed);
    std::vector<std::string> trips;
    for (int step = 0; step < 60; ++step) {
      const uint64_t verb = random.Below(7);
      if (trips.size() < 3 || verb == 0) {
        trips.push_back("trip_" + std::to_string(seed) + "_" + std::to_string(step));
        Happens("trip.declared", trips.back());
        continue;
      }
      const std::string trip_id = trips[random.Below(trips.size())];
      const std::string invoice_id = InvoiceOf(trip_id).invoice_id();
      if (verb == 1 || verb == 2) {
        ASSERT_TRUE(Receive(NoticeForm(invoice_id, kOwed_dong)).has_value());
      }
      if (verb == 3) {
        ASSERT_TRUE(Receive(NoticeForm(invoice_id, 1 + static_cast<int64_t>(random.Below(9)))).has_value());
      }
      if (verb == 4) (void)Exempt(Collector(), invoice_id).has_value();
      if (verb == 5) Happens("trip.cancelled", trip_id);
      if (verb == 6) Happens("trip.crossed", trip_id);
      ASSERT_THAT(Contradictions(), IsEmpty()) << "seed " << seed << " step " << step;
    }
  }
}

}  // namespace
}  // namespace bordergate::fee
