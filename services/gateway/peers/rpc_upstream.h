// The services over gRPC with mTLS, one channel each.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "libs/config/common_config.h"
#include "libs/rpc/channel.h"
#include "services/gateway/domain/upstream.h"

namespace bordergate::gateway {

// Safe for use by several threads.
class RpcUpstream final : public Upstream {
 public:
  //   peers   address by service; a service without an address answers SERVICE_UNAVAILABLE
  RpcUpstream(const std::map<std::string, std::string>& peers, const TlsConfig& tls);

  void Call(UpstreamCall call, std::function<void(Result<std::string>)> done) override;
  std::shared_ptr<UpstreamStream> Open(UpstreamCall call, std::function<void(std::string)> on_message,
                                       std::function<void(Result<void>)> on_end) override;

  // Null when the service has no address.
  rpc::Channel* channel(const std::string& service);

 private:
  std::map<std::string, std::unique_ptr<rpc::Channel>> channels_;
};

}  // namespace bordergate::gateway
