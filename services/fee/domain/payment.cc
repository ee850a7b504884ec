#include "services/fee/domain/payment.h"

#include <algorithm>

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "services/fee/domain/reasons.h"

namespace bordergate::fee {
namespace {

// Printable ASCII without spaces, so that the lines that are signed are told apart.
void CheckToken(std::string_view field, std::string_view text, size_t length_min, FieldChecks& checks) {
  const bool fits = text.size() >= length_min && text.size() <= 64 &&
                    std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
  checks.Require(fits, field, "CODE_INVALID",
                 fmt::format("must be {} to 64 printable ASCII characters without spaces", length_min));
}

int64_t WholeSeconds(const std::optional<Instant>& time) {
  return std::chrono::floor<seconds>(*time).time_since_epoch().count();
}

}  // namespace

void CheckNotice(const Notice& notice, FieldChecks& checks) {
  CheckToken("bank_id", notice.bank_id, 1, checks);
  CheckToken("bank_reference", notice.bank_reference, 6, checks);
  CheckToken("invoice_id", notice.invoice_id, 1, checks);
  checks.Number("amount_dong", notice.amount_dong, 1, kPriceMax_dong);
  checks.Require(notice.book_time.has_value(), "book_time", "FIELD_REQUIRED", "is required");
  checks.Require(notice.sign_time.has_value(), "sign_time", "FIELD_REQUIRED", "is required");
}

std::string SignedBytes(const Notice& notice) {
  return fmt::format("bordergate payment v1\n{}\n{}\n{}\n{}\n{}\n{}", notice.bank_id, notice.bank_reference,
                     notice.invoice_id, notice.amount_dong, WholeSeconds(notice.book_time),
                     WholeSeconds(notice.sign_time));
}

Result<void> Verify(const Notice& notice, const BankKeys& keys, Instant now) {
  const auto [first, last] = keys.equal_range(notice.bank_id);
  if (first == last) return Error(kBankUnknown, "no bank is configured under this id");
  const std::string bytes = SignedBytes(notice);
  const bool signed_by_bank = std::any_of(
      first, last, [&](const auto& key) { return VerifyEd25519(key.second, bytes, notice.signature); });
  if (!signed_by_bank)
    return Error(kBankSignatureInvalid, "the signature is not the bank's over these fields");
  const auto distance = std::chrono::abs(now - *notice.sign_time);
  if (distance > kNoticeFreshness) {
    return Error(kBankNoticeTooOld, "the notice was signed more than 15 minutes from now");
  }
  return {};
}

}  // namespace bordergate::fee
