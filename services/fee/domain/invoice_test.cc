// Goal: money is never made or lost, and only a known bank's fresh word counts. Method: every way an invoice
// can go, in random orders with a seed, against the ledger; notices with one thing wrong at a time.
#include "services/fee/domain/invoice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/digest.h"
#include "libs/core/random.h"
#include "libs/testing/manual_clock.h"
#include "services/fee/domain/payment.h"
#include "services/fee/domain/reasons.h"

namespace bordergate::fee {
namespace {

using ::testing::IsEmpty;

const Instant kMoneyTime = ManualClock().Now();

void Book(const std::vector<Transfer>& transfers, Balances& balances) {
  for (const Transfer& transfer : transfers) {
    EXPECT_GE(transfer.amount_dong, 1);
    Apply(transfer, balances);
  }
}

Totals TotalsOf(const std::vector<Invoice>& invoices, int64_t received_dong, int64_t suspended_dong) {
  Totals totals{.received = received_dong, .suspended = suspended_dong};
  for (const Invoice& invoice : invoices) {
    totals.invoiced += invoice.amount_dong;
    totals.refundable += invoice.refund_dong;
    if (invoice.state == InvoiceState::kOpen) totals.open += invoice.amount_dong;
    if (invoice.state == InvoiceState::kPaid) totals.paid += invoice.paid_dong;
    if (invoice.state == InvoiceState::kExempted) totals.exempted += invoice.amount_dong;
    if (invoice.state == InvoiceState::kVoid) totals.voided += invoice.amount_dong;
  }
  return totals;
}

TEST(Ledger, AgreesWithTheInvoicesWhateverHappensToThem) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SeededRandom random(seed);
    Balances balances{};
    std::vector<Invoice> invoices;
    int64_t received_dong = 0;
    int64_t suspended_dong = 0;
    for (int step = 0; step < 60; ++step) {
      const uint64_t verb = random.Below(6);
      if (invoices.empty() || verb == 0) {
        Price price{.amount_dong = static_cast<int64_t>(random.Below(4)) * 50'001};
        Invoice& invoice = invoices.emplace_back();
        invoice.id = Id<Invoice>("invoice_" + std::to_string(invoices.size()));
        Book(Issue(invoice, price, kMoneyTime), balances);
      } else {
        Invoice& invoice = invoices[random.Below(invoices.size())];
        if (verb == 1 && invoice.state == InvoiceState::kOpen) {
          Book(Pay(invoice, Id<Payment>("payment"), kMoneyTime), balances);
          received_dong += invoice.amount_dong;
        } else if (verb == 1) {
          Book({{"suspended", Account::kBank, Account::kSuspense, 7, {}, Id<Payment>("payment")}}, balances);
          received_dong += 7;
          suspended_dong += 7;
        }
        if (verb == 2) {
          const auto exempted = Exempt(invoice, "vì sao", kMoneyTime);
          if (exempted) Book(*exempted, balances);
        }
        if (verb == 3) Book(Void(invoice), balances);
        if (verb == 4) Book(Reinstate(invoice), balances);
      }
      ASSERT_THAT(FindContradictions(balances, TotalsOf(invoices, received_dong, suspended_dong)), IsEmpty())
          << "seed " << seed << " step " << step;
    }
  }
}

TEST(Ledger, ShowsADongThatIsMissing) {
  Balances balances{};
  Apply({"issued", Account::kReceivable, Account::kRevenue, 100}, balances);
  EXPECT_THAT(FindContradictions(balances, {.invoiced = 100, .open = 100}), IsEmpty());
  EXPECT_EQ(FindContradictions(balances, {.invoiced = 100, .open = 99}).size(), 2u);
  EXPECT_EQ(FindContradictions(balances, {.invoiced = 100, .open = 100, .received = 1}).size(), 2u);
}

TEST(Invoice, OfNothingIsSettledAtOnce) {
  Invoice invoice;
  EXPECT_THAT(Issue(invoice, {}, kMoneyTime), IsEmpty());
  EXPECT_EQ(invoice.state, InvoiceState::kPaid);
  EXPECT_EQ(invoice.settle_time, kMoneyTime);
}

TEST(Invoice, IsReleasedOnlyWhileItIsOpen) {
  Invoice invoice;
  Issue(invoice, {.amount_dong = 100}, kMoneyTime);
  ASSERT_TRUE(Exempt(invoice, "cứu trợ", kMoneyTime).has_value());
  EXPECT_EQ(invoice.exempt_reason, "cứu trợ");
  EXPECT_TRUE(Exempt(invoice, "lần nữa", kMoneyTime).error().Is(kInvoiceNotOpen));
}

TEST(Invoice, StandsAgainAsItStoodWhenACancelledTripCrosses) {
  for (const bool pay : {false, true}) {
    Invoice invoice;
    Issue(invoice, {.amount_dong = 100}, kMoneyTime);
    if (pay) Pay(invoice, Id<Payment>("payment_1"), kMoneyTime);
    const InvoiceState before = invoice.state;
    Void(invoice);
    EXPECT_EQ(invoice.refund_dong, pay ? 100 : 0);
    EXPECT_THAT(Void(invoice), IsEmpty()) << "a void invoice stays void";
    Reinstate(invoice);
    EXPECT_EQ(invoice.state, before);
    EXPECT_EQ(invoice.refund_dong, 0);
    EXPECT_THAT(Reinstate(invoice), IsEmpty());
  }
}

class NoticeTest : public ::testing::Test {
 protected:
  static constexpr std::string_view kSeed = "ssssssssssssssssssssssssssssssss";

  Notice Signed(const std::function<void(Notice&)>& before_signing = [](Notice&) {}) {
    Notice notice{.bank_id = "vietinbank",
                  .bank_reference = "FT26326000001",
                  .invoice_id = "invoice_1",
                  .amount_dong = 100'000,
                  .book_time = kMoneyTime - seconds(30),
                  .sign_time = kMoneyTime};
    before_signing(notice);
    notice.signature = SignEd25519(kSeed, SignedBytes(notice));
    return notice;
  }
  BankKeys Keys() { return {{"vietinbank", std::string(32, 'x')}, {"vietinbank", PublicKeyEd25519(kSeed)}}; }
};

TEST_F(NoticeTest, SignsTheLinesOfTheContract) {
  Notice notice = Signed();
  notice.book_time = Instant(milliseconds(1'700'000'000'900));
  notice.sign_time = Instant(seconds(1'700'000'001));
  EXPECT_EQ(SignedBytes(notice),
            "bordergate payment v1\nvietinbank\nFT26326000001\ninvoice_1\n100000\n1700000000\n1700000001");
}

TEST_F(NoticeTest, CountsWhenAnyKeyOfTheBankSignedIt) {
  EXPECT_TRUE(Verify(Signed(), Keys(), kMoneyTime).has_value());
  EXPECT_TRUE(Verify(Signed(), Keys(), kMoneyTime + kNoticeFreshness).has_value());
  EXPECT_TRUE(Verify(Signed(), Keys(), kMoneyTime - kNoticeFreshness).has_value());
}

TEST_F(NoticeTest, IsRefusedForEachReason) {
  EXPECT_TRUE(Verify(Signed([](Notice& notice) { notice.bank_id = "acb"; }), Keys(), kMoneyTime)
                  .error()
                  .Is(kBankUnknown));
  EXPECT_TRUE(
      Verify(Signed(), {{"vietinbank", std::string(32, 'x')}}, kMoneyTime).error().Is(kBankSignatureInvalid));
  EXPECT_TRUE(
      Verify(Signed(), Keys(), kMoneyTime + kNoticeFreshness + seconds(1)).error().Is(kBankNoticeTooOld));
  EXPECT_TRUE(
      Verify(Signed(), Keys(), kMoneyTime - kNoticeFreshness - seconds(1)).error().Is(kBankNoticeTooOld));
}

TEST_F(NoticeTest, IsNotTheBanksOnceAnythingWasChanged) {
  const std::vector<std::function<void(Notice&)>> changes = {
      [](Notice& notice) { notice.bank_reference = "FT26326000002"; },
      [](Notice& notice) { notice.invoice_id = "invoice_2"; },
      [](Notice& notice) { notice.amount_dong += 1; },
      [](Notice& notice) { notice.book_time = *notice.book_time + seconds(1); },
      [](Notice& notice) { notice.sign_time = *notice.sign_time + seconds(1); },
      [](Notice& notice) { notice.signature.pop_back(); },
      [](Notice& notice) { notice.signature.clear(); }};
  for (const auto& change : changes) {
    Notice notice = Signed();
    change(notice);
    EXPECT_TRUE(Verify(notice, Keys(), kMoneyTime).error().Is(kBankSignatureInvalid));
  }
}

TEST_F(NoticeTest, HasNoLineBreaksInItsFields) {
  FieldChecks checks;
  CheckNotice(Signed([](Notice& notice) {
                notice.bank_reference = "FT2632\n6000";
                notice.amount_dong = 0;
              }),
              checks);
  const Error error = checks.Done().error();
  ASSERT_EQ(error.fields().size(), 2u);
  EXPECT_EQ(error.fields()[0].field, "bank_reference");
  EXPECT_EQ(error.fields()[1].field, "amount_dong");
}

}  // namespace
}  // namespace bordergate::fee
