#include "services/gateway/peers/rpc_upstream.h"

#include <fmt/format.h>

#include "libs/core/reasons.h"

namespace bordergate::gateway {
namespace {

class RpcStream final : public UpstreamStream {
 public:
  explicit RpcStream(std::shared_ptr<rpc::RawStream> raw) : raw_(std::move(raw)) {}
  void Next() override { raw_->Next(); }
  void Cancel() override { raw_->Cancel(); }

 private:
  const std::shared_ptr<rpc::RawStream> raw_;
};

class NoStream final : public UpstreamStream {
  void Next() override {}
  void Cancel() override {}
};

rpc::CallOptions OptionsOf(const UpstreamCall& call) {
  return {
      .deadline = call.deadline, .trace = Trace::FromHeader(call.traceparent), .assertion = call.assertion};
}

Error NotHere(const std::string& service) {
  return Error(kServiceUnavailable, fmt::format("{} is not part of this installation", service));
}

}  // namespace

RpcUpstream::RpcUpstream(const std::map<std::string, std::string>& peers, const TlsConfig& tls) {
  for (const auto& [service, address] : peers) {
    if (!address.empty()) channels_.emplace(service, std::make_unique<rpc::Channel>(service, address, tls));
  }
}

rpc::Channel* RpcUpstream::channel(const std::string& service) {
  const auto found = channels_.find(service);
  return found == channels_.end() ? nullptr : found->second.get();
}

void RpcUpstream::Call(UpstreamCall call, std::function<void(Result<std::string>)> done) {
  rpc::Channel* const to = channel(call.service);
  if (to == nullptr) return done(NotHere(call.service));
  to->CallRaw(call.method, OptionsOf(call), std::move(call.request), std::move(done));
}

std::shared_ptr<UpstreamStream> RpcUpstream::Open(UpstreamCall call,
                                                  std::function<void(std::string)> on_message,
                                                  std::function<void(Result<void>)> on_end) {
  rpc::Channel* const to = channel(call.service);
  if (to == nullptr) {
    on_end(NotHere(call.service));
    return std::make_shared<NoStream>();
  }
  return std::make_shared<RpcStream>(to->OpenRaw(call.method, OptionsOf(call), std::move(call.request),
                                                 std::move(on_message), std::move(on_end)));
}

}  // namespace bordergate::gateway
