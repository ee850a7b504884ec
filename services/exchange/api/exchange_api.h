// The handlers of ExchangeService. What each does, and its errors in order, stands in the proto.
#pragma once

#include "bordergate/exchange/v1/exchange_service.pb.h"

#include "libs/rpc/bell.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/stream.h"
#include "services/exchange/domain/exchange_store.h"

namespace bordergate::rpc {
class Server;
}
namespace bordergate {
class EventSource;
}

namespace bordergate::exchange {

class ExchangeApi {
 public:
  ExchangeApi(UnitOfWork<ExchangeStore>& exchange, const EventCatalogue& catalogue, rpc::Bell& bell,
              const Clock& clock)
      : exchange_(exchange), catalogue_(catalogue), bell_(bell), clock_(clock) {}

  using Call = rpc::CallContext;
  Result<v1::PutAgreementResponse> PutAgreement(const Call&, const v1::PutAgreementRequest&);
  Result<v1::ListAgreementsResponse> ListAgreements(const Call&, const v1::ListAgreementsRequest&);
  Result<v1::ListMessagesResponse> ListMessages(const Call&, const v1::ListMessagesRequest&);
  Result<void> StreamMessages(const Call&, const v1::StreamMessagesRequest&,
                              rpc::StreamWriter<v1::StreamMessagesResponse>&);
  Result<v1::AcknowledgeMessagesResponse> AcknowledgeMessages(const Call&,
                                                              const v1::AcknowledgeMessagesRequest&);

 private:
  Result<std::vector<Message>> Read(const std::string& partner_id, int64_t after_sequence, int count_max,
                                    int64_t* head);

  UnitOfWork<ExchangeStore>& exchange_;
  const EventCatalogue& catalogue_;
  rpc::Bell& bell_;
  const Clock& clock_;
};

void Register(rpc::Server& server, ExchangeApi& api, EventSource& events);

}  // namespace bordergate::exchange
