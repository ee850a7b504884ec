#include "services/exchange/api/exchange_api.h"

#include <google/protobuf/util/json_util.h>

#include "bordergate/exchange/v1/exchange_service.rpc.h"

#include "libs/core/check.h"
#include "libs/core/event_source.h"
#include "libs/core/reasons.h"
#include "libs/rpc/once.h"
#include "libs/rpc/server.h"
#include "libs/rpc/time.h"
#include "libs/rpc/watch.h"
#include "services/exchange/domain/reasons.h"

namespace bordergate::exchange {
namespace {

constexpr int kStreamBatch = 100;
constexpr milliseconds kSignOfLife{1000};
constexpr seconds kReadTime{10};

v1::Agreement ToProto(const Agreement& agreement) {
  v1::Agreement proto;
  proto.set_partner_id(agreement.partner_id);
  proto.set_version(agreement.version);
  proto.set_title(agreement.title);
  for (const Clause& clause : agreement.clauses) {
    auto* added = proto.add_clauses();
    added->set_event_kind(clause.event_kind);
    for (const std::string& field : clause.fields) added->add_fields(field);
  }
  proto.set_author(agreement.author);
  proto.set_reason(agreement.reason);
  *proto.mutable_create_time() = rpc::ToTimestamp(agreement.create_time);
  return proto;
}

v1::Message ToProto(const Message& message) {
  v1::Message proto;
  proto.set_sequence(message.sequence);
  proto.set_event_kind(message.event_kind);
  *proto.mutable_event_time() = rpc::ToTimestamp(message.event_time);
  proto.set_agreement_version(message.agreement_version);
  proto.set_digest(message.digest);
  BG_CHECK(google::protobuf::util::JsonStringToMessage(message.payload, proto.mutable_payload()).ok(),
           "a payload that was kept is JSON");
  return proto;
}

Result<void> CheckPartner(const rpc::CallContext& call) {
  if (call.caller.partner_id.empty()) return Error(kRoleMissing, "the caller speaks for no partner");
  return {};
}

}  // namespace

Result<v1::PutAgreementResponse> ExchangeApi::PutAgreement(const Call& call,
                                                           const v1::PutAgreementRequest& request) {
  Agreement agreement{.partner_id = request.partner_id(),
                      .title = request.title(),
                      .author = call.caller.subject_id,
                      .reason = request.reason(),
                      .create_time = clock_.Now()};
  for (const auto& clause : request.clauses()) {
    agreement.clauses.push_back(
        {.event_kind = clause.event_kind(), .fields = {clause.fields().begin(), clause.fields().end()}});
  }
  FieldChecks checks;
  CheckAgreement(agreement, catalogue_, checks);
  BG_TRY(checks.Done());
  return rpc::RunOnce<v1::PutAgreementResponse>(
      exchange_, call, request, [&](ExchangeStore& store) -> Result<v1::PutAgreementResponse> {
        agreement.version = BG_TRY(store.AddAgreement(agreement));
        v1::ExchangeEvent event;
        *event.mutable_agreement() = ToProto(agreement);
        BG_TRY(store.Append(
            {"agreement.put", call.caller.actor(), call.trace.trace_id, event.SerializeAsString()}));
        v1::PutAgreementResponse response;
        *response.mutable_agreement() = ToProto(agreement);
        return response;
      });
}

Result<v1::ListAgreementsResponse> ExchangeApi::ListAgreements(const Call& call,
                                                               const v1::ListAgreementsRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  std::optional<std::string> partner_id;
  if (call.caller.Has(common::v1::ROLE_PARTNER)) {
    BG_TRY(CheckPartner(call));
    partner_id = call.caller.partner_id;
  }
  v1::ListAgreementsResponse response;
  BG_TRY(exchange_.Read(call.deadline, [&](ExchangeStore& store) -> Result<void> {
    const auto agreements = BG_TRY(store.ListAgreements(partner_id, page));
    for (const Agreement& agreement : agreements.items) *response.add_agreements() = ToProto(agreement);
    response.set_next_page_token(PageToken(agreements.last_key));
    return {};
  }));
  return response;
}

Result<std::vector<Message>> ExchangeApi::Read(const std::string& partner_id, int64_t after_sequence,
                                               int count_max, int64_t* head) {
  std::vector<Message> messages;
  BG_TRY(exchange_.Read(clock_.SteadyNow() + kReadTime, [&](ExchangeStore& store) -> Result<void> {
    messages = BG_TRY(store.ReadMessages(partner_id, after_sequence, count_max));
    *head = BG_TRY(store.LastSequence(partner_id));
    return {};
  }));
  return messages;
}

Result<v1::ListMessagesResponse> ExchangeApi::ListMessages(const Call& call,
                                                           const v1::ListMessagesRequest& request) {
  BG_TRY(CheckPartner(call));
  FieldChecks checks;
  checks.Number("page_size", request.page_size(), 0, 1000);
  checks.Number("after_sequence", request.after_sequence(), 0, INT64_MAX);
  BG_TRY(checks.Done());
  int64_t head = 0;
  const auto messages = BG_TRY(Read(call.caller.partner_id, request.after_sequence(),
                                    request.page_size() == 0 ? kStreamBatch : request.page_size(), &head));
  v1::ListMessagesResponse response;
  for (const Message& message : messages) *response.add_messages() = ToProto(message);
  response.set_head_sequence(head);
  return response;
}

Result<void> ExchangeApi::StreamMessages(const Call& call, const v1::StreamMessagesRequest& request,
                                         rpc::StreamWriter<v1::StreamMessagesResponse>& writer) {
  BG_TRY(CheckPartner(call));
  FieldChecks checks;
  checks.Number("after_sequence", request.after_sequence(), 0, INT64_MAX);
  BG_TRY(checks.Done());
  int64_t sequence = request.after_sequence();
  while (writer.open()) {
    const int64_t rung = bell_.count();
    int64_t head = 0;
    const auto messages = BG_TRY(Read(call.caller.partner_id, sequence, kStreamBatch, &head));
    for (const Message& message : messages) {
      v1::StreamMessagesResponse response;
      response.set_sequence(message.sequence);
      *response.mutable_message() = ToProto(message);
      if (!writer.Write(response)) return {};
      sequence = message.sequence;
    }
    if (!messages.empty()) continue;
    if (!writer.Write({})) return {};
    bell_.Wait(rung, kSignOfLife);
  }
  return {};
}

Result<v1::AcknowledgeMessagesResponse> ExchangeApi::AcknowledgeMessages(
    const Call& call, const v1::AcknowledgeMessagesRequest& request) {
  BG_TRY(CheckPartner(call));
  FieldChecks checks;
  checks.Number("up_to_sequence", request.up_to_sequence(), 1, INT64_MAX);
  BG_TRY(checks.Done());
  const std::string& partner_id = call.caller.partner_id;
  return rpc::RunOnce<v1::AcknowledgeMessagesResponse>(
      exchange_, call, request, [&](ExchangeStore& store) -> Result<v1::AcknowledgeMessagesResponse> {
        if (request.up_to_sequence() > BG_TRY(store.LastSequence(partner_id))) {
          return Error(kMessageNotSent, "up_to_sequence lies beyond the last message sent");
        }
        v1::AcknowledgeMessagesResponse response;
        response.set_acknowledged_sequence(BG_TRY(store.Acknowledge(partner_id, request.up_to_sequence())));
        v1::ExchangeEvent event;
        event.set_partner_id(partner_id);
        event.set_acknowledged_sequence(response.acknowledged_sequence());
        BG_TRY(store.Append(
            {"messages.acknowledged", call.caller.actor(), call.trace.trace_id, event.SerializeAsString()}));
        return response;
      });
}

void Register(rpc::Server& server, ExchangeApi& api, EventSource& events) {
  namespace methods = v1::exchange_service;
  server.Add<methods::PutAgreement>(std::bind_front(&ExchangeApi::PutAgreement, &api));
  server.Add<methods::ListAgreements>(std::bind_front(&ExchangeApi::ListAgreements, &api));
  server.Add<methods::ListMessages>(std::bind_front(&ExchangeApi::ListMessages, &api));
  server.AddStream<methods::StreamMessages>(std::bind_front(&ExchangeApi::StreamMessages, &api));
  server.Add<methods::AcknowledgeMessages>(std::bind_front(&ExchangeApi::AcknowledgeMessages, &api));
  server.AddStream<methods::Watch>(
      [&events](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(events, request, writer);
      });
}

}  // namespace bordergate::exchange
