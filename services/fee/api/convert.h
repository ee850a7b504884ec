// Between the rules' types and the contract's.
#pragma once

#include "bordergate/fee/v1/fee_service.pb.h"

#include "libs/rpc/call_context.h"
#include "services/fee/domain/fee_desk.h"

namespace bordergate::fee {

v1::Tariff ToProto(const Tariff& tariff);
v1::InvoiceLine ToProto(const InvoiceLine& line);
v1::Invoice ToProto(const Invoice& invoice);
v1::Payment ToProto(const Payment& payment);

// What the management centre filled in. Adds DIRECTION_UNKNOWN for a direction that is none.
Tariff FromProto(const v1::PutTariffRequest& request, FieldChecks& checks);
// Adds every fault of what is to be priced: GATE_ID_INVALID, FIELD_REQUIRED, REGIME_UNKNOWN,
// HS_CODE_COUNT_INVALID, HS_CODE_INVALID, NUMBER_OUT_OF_RANGE.
Load FromProto(const v1::QuoteFeeRequest& request, FieldChecks& checks);
Notice FromProto(const v1::ReceivePaymentRequest& request);

Viewer ToViewer(const rpc::Caller& caller);

class ProtoEventBodies final : public EventBodies {
 public:
  std::string Of(const Tariff& tariff) const override;
  std::string Of(const Invoice& invoice) const override;
  std::string Of(const Payment& payment) const override;
};

}  // namespace bordergate::fee
