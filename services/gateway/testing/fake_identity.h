// identity as a real gRPC server with mTLS, without its database: tokens and events as the test says.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bordergate/identity/v1/identity_service.pb.h"

#include "libs/rpc/server.h"
#include "libs/testing/test_pki.h"

namespace bordergate::gateway {

class FakeIdentity {
 public:
  //   rpc   address and certificates; the same port again is how a test restarts it
  FakeIdentity(const TestPki& pki, const RpcConfig& rpc, const Clock& clock);
  ~FakeIdentity();

  int port() const;

  // A session for a subject without roles.
  void SignIn(const std::string& token, const std::string& subject_id);
  // Ends the session and tells the event.
  void Revoke(const std::string& token);
  // How often ResolveToken was asked.
  int resolved() const { return resolved_; }

 private:
  struct Known {
    std::string subject_id;
    std::string session_id;
  };
  void AddHandlers();
  Result<identity::v1::ResolveTokenResponse> Resolve(const std::string& token);
  Result<void> Watch(int64_t after_sequence, rpc::StreamWriter<identity::v1::WatchResponse>& writer);

  const TestPki& pki_;
  const Clock& clock_;
  Telemetry telemetry_{"identity", "error"};
  std::atomic<int> resolved_ = 0;
  std::mutex mutex_;
  std::condition_variable happened_;
  std::map<std::string, Known> known_;
  std::vector<identity::v1::IdentityEvent> events_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace bordergate::gateway
