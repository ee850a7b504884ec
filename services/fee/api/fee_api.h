// The handlers of FeeService: from a request to a result. What each does, and its errors in order, stands in
// the proto.
#pragma once

#include "bordergate/fee/v1/fee_service.pb.h"

#include "libs/core/id.h"
#include "libs/rpc/call_context.h"
#include "services/fee/domain/fee_desk.h"

namespace bordergate::rpc {
class Server;
}
namespace bordergate {
class EventSource;
}

namespace bordergate::fee {

class FeeApi {
 public:
  using Call = rpc::CallContext;

  FeeApi(UnitOfWork<FeeStore>& fees, const EventBodies& bodies, BankKeys banks, IdMaker& ids,
         const Clock& clock)
      : fees_(fees), bodies_(bodies), banks_(std::move(banks)), ids_(ids), clock_(clock) {}

  Result<v1::PutTariffResponse> PutTariff(const Call&, const v1::PutTariffRequest&);
  Result<v1::ListTariffsResponse> ListTariffs(const Call&, const v1::ListTariffsRequest&);
  Result<v1::QuoteFeeResponse> QuoteFee(const Call&, const v1::QuoteFeeRequest&);
  Result<v1::GetInvoiceResponse> GetInvoice(const Call&, const v1::GetInvoiceRequest&);
  Result<v1::ListInvoicesResponse> ListInvoices(const Call&, const v1::ListInvoicesRequest&);
  Result<v1::ExemptInvoiceResponse> ExemptInvoice(const Call&, const v1::ExemptInvoiceRequest&);
  Result<v1::ReceivePaymentResponse> ReceivePayment(const Call&, const v1::ReceivePaymentRequest&);
  Result<v1::ListPaymentsResponse> ListPayments(const Call&, const v1::ListPaymentsRequest&);

 private:
  UnitOfWork<FeeStore>& fees_;
  const EventBodies& bodies_;
  BankKeys banks_;
  IdMaker& ids_;
  const Clock& clock_;
};

// Adds every RPC of FeeService to a server.
void Register(rpc::Server& server, FeeApi& api, EventSource& events);

}  // namespace bordergate::fee
