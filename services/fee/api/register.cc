#include "bordergate/fee/v1/fee_service.rpc.h"

#include "libs/core/event_source.h"
#include "libs/rpc/server.h"
#include "libs/rpc/watch.h"
#include "services/fee/api/fee_api.h"

namespace bordergate::fee {

void Register(rpc::Server& server, FeeApi& api, EventSource& events) {
  namespace methods = v1::fee_service;
  server.Add<methods::PutTariff>(std::bind_front(&FeeApi::PutTariff, &api));
  server.Add<methods::ListTariffs>(std::bind_front(&FeeApi::ListTariffs, &api));
  server.Add<methods::QuoteFee>(std::bind_front(&FeeApi::QuoteFee, &api));
  server.Add<methods::GetInvoice>(std::bind_front(&FeeApi::GetInvoice, &api));
  server.Add<methods::ListInvoices>(std::bind_front(&FeeApi::ListInvoices, &api));
  server.Add<methods::ExemptInvoice>(std::bind_front(&FeeApi::ExemptInvoice, &api));
  server.Add<methods::ReceivePayment>(std::bind_front(&FeeApi::ReceivePayment, &api));
  server.Add<methods::ListPayments>(std::bind_front(&FeeApi::ListPayments, &api));
  server.AddStream<methods::Watch>(
      [&events](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(events, request, writer);
      });
}

}  // namespace bordergate::fee
