// Money a bank reported, and the proof that it was the bank.
#pragma once

#include <map>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"
#include "services/fee/domain/invoice.h"

namespace bordergate::fee {

enum class PaymentState { kApplied, kSuspense };

struct Payment {
  Id<Payment> id;
  std::string invoice_id;  // as the payer named it; perhaps of no invoice
  std::string bank_id;
  std::string bank_reference;
  int64_t amount_dong = 0;
  PaymentState state = PaymentState::kSuspense;
  Instant book_time;
  Instant receive_time;
};

// A bank's notice as it arrived.
struct Notice {
  std::string bank_id;
  std::string bank_reference;
  std::string invoice_id;
  int64_t amount_dong = 0;
  std::optional<Instant> book_time;  // always set in a checked notice
  std::optional<Instant> sign_time;  // always set in a checked notice
  std::string signature;
};

// Ed25519 public keys, 32 bytes, by bank id. A bank may have two while it changes its key.
using BankKeys = std::multimap<std::string, std::string>;

// How far a notice's sign_time may lie from now, either way.
inline constexpr std::chrono::minutes kNoticeFreshness{15};

// Adds every fault of a notice's fields. Field names are those of ReceivePaymentRequest.
//   reasons  FIELD_REQUIRED, CODE_INVALID, those of FieldChecks
void CheckNotice(const Notice& notice, FieldChecks& checks);

// The bytes a bank signs, as the proto says.
std::string SignedBytes(const Notice& notice);

// Whether a checked notice is a known bank's own and fresh.
//   errors   BANK_UNKNOWN, BANK_SIGNATURE_INVALID, BANK_NOTICE_TOO_OLD
Result<void> Verify(const Notice& notice, const BankKeys& keys, Instant now);

}  // namespace bordergate::fee
