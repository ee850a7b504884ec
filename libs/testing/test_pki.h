// A certificate authority, certificates and assertion keys for tests, made by the openssl program.
#pragma once

#include <string>

#include "libs/config/common_config.h"
#include "libs/rpc/caller.h"
#include "libs/testing/temporary_folder.h"

namespace bordergate {

class TestPki {
 public:
  // About 50 ms.
  TestPki();

  // A certificate for spiffe://bordergate/test/<service>; about 30 ms each.
  TlsConfig MakeCertificate(const std::string& service) const;
  // One with several URI names, which nobody may accept.
  TlsConfig MakeCertificateWithTwoNames(const std::string& first, const std::string& second) const;
  // A server configuration on a free port of the loopback interface.
  RpcConfig MakeRpcConfig(const std::string& service) const;
  // The assertion that identity would issue, serialized.
  std::string MakeAssertion(const rpc::Caller& caller, Instant now, seconds lifetime = seconds(60)) const;

  std::string public_key_folder() const { return folder_.path().string(); }
  std::string assertion_seed() const;

 private:
  TlsConfig Issue(const std::string& file, const std::string& names) const;
  TemporaryFolder folder_;
};

}  // namespace bordergate
