// What fee refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::fee {

// No tariff of the gate is in force, or none of its lines fits what is to be priced.
// Caller: compare gate, direction, regime and mass; ask the management centre for a tariff.
inline constexpr Reason kTariffNotFound{"TARIFF_NOT_FOUND", Code::kNotFound};

// There is no such invoice, or it is not the caller's to see.
// Caller: compare the id; the invoice of a trip comes a moment after its declaration.
inline constexpr Reason kInvoiceNotFound{"INVOICE_NOT_FOUND", Code::kNotFound};

// The invoice is paid, exempted or void.
// Caller: read the invoice; there is nothing to release.
inline constexpr Reason kInvoiceNotOpen{"INVOICE_NOT_OPEN", Code::kFailedPrecondition};

// No bank is configured under the id.
// Caller: compare bank_id with what was agreed.
inline constexpr Reason kBankUnknown{"BANK_UNKNOWN", Code::kUnauthenticated};

// The signature is not the bank's over these fields.
// Caller: compare the lines that are signed, their order and the key.
inline constexpr Reason kBankSignatureInvalid{"BANK_SIGNATURE_INVALID", Code::kUnauthenticated};

// The notice was signed more than 15 minutes from now.
// Caller: sign it again with the present time, under the same bank_reference; compare the clocks.
inline constexpr Reason kBankNoticeTooOld{"BANK_NOTICE_TOO_OLD", Code::kFailedPrecondition};

}  // namespace bordergate::fee
