#include "libs/testing/test_pki.h"

#include <cstdlib>

#include <fmt/format.h>

#include "libs/core/check.h"
#include "libs/rpc/assertion.h"
#include "libs/rpc/key_file.h"
#include "libs/rpc/time.h"

namespace bordergate {
namespace {

void Run(const std::string& folder, const std::string& command) {
  const std::string line = fmt::format("cd '{}' && ({}) >openssl.log 2>&1", folder, command);
  BG_CHECK(std::system(line.c_str()) == 0, "openssl makes test certificates: " + command);
}

}  // namespace

TestPki::TestPki() {
  Run(folder_.path(),
      "openssl ecparam -name prime256v1 -genkey -noout -out ca.key && "
      "openssl req -x509 -new -key ca.key -sha256 -days 2 -subj '/CN=bordergate test authority' -out ca.crt "
      "&& "
      "openssl genpkey -algorithm ed25519 -out assertion.key && "
      "openssl pkey -in assertion.key -pubout -out test-key.pub");
}

TlsConfig TestPki::Issue(const std::string& file, const std::string& names) const {
  Run(folder_.path(),
      fmt::format(
          "openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out {0}.key && "
          "openssl req -new -key {0}.key -subj '/CN={0}' -out {0}.csr && "
          "printf 'subjectAltName={1}\\nextendedKeyUsage=serverAuth,clientAuth\\n' > {0}.ext && "
          "openssl x509 -req -in {0}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -sha256 "
          "-extfile {0}.ext -out {0}.crt",
          file, names));
  const std::string path = (folder_.path() / file).string();
  return {.ca_file = (folder_.path() / "ca.crt").string(),
          .certificate_file = path + ".crt",
          .key_file = path + ".key",
          .site = "test"};
}

TlsConfig TestPki::MakeCertificate(const std::string& service) const {
  return Issue(service, fmt::format("URI:spiffe://bordergate/test/{}", service));
}

TlsConfig TestPki::MakeCertificateWithTwoNames(const std::string& first, const std::string& second) const {
  return Issue(first + "-" + second,
               fmt::format("URI:spiffe://bordergate/test/{},URI:spiffe://bordergate/test/{}", first, second));
}

RpcConfig TestPki::MakeRpcConfig(const std::string& service) const {
  return {.listen = "127.0.0.1:0",
          .handler_threads = 4,
          .waiting_calls_max = 64,
          .open_streams_max = 64,
          .message_bytes_max = 4 << 20,
          .call_duration_max = seconds(10),
          .drain_duration = seconds(2),
          .tls = MakeCertificate(service),
          .assertion_public_key_folder = public_key_folder()};
}

std::string TestPki::assertion_seed() const {
  return ReadEd25519Seed(folder_.path() / "assertion.key").value();
}

std::string TestPki::MakeAssertion(const rpc::Caller& caller, Instant now, seconds lifetime) const {
  common::v1::CallerAssertion assertion;
  assertion.set_kind(common::v1::CallerAssertion::KIND_PERSON);
  assertion.set_subject_id(caller.subject_id);
  assertion.set_display_name(caller.display_name);
  for (const rpc::Role role : caller.roles) assertion.add_roles(role);
  assertion.set_enterprise_id(caller.enterprise_id);
  assertion.set_partner_id(caller.partner_id);
  for (const std::string& gate_id : caller.gate_ids) assertion.add_gate_ids(gate_id);
  assertion.set_session_id(caller.session_id);
  *assertion.mutable_issue_time() = rpc::ToTimestamp(now);
  *assertion.mutable_expire_time() = rpc::ToTimestamp(now + lifetime);
  return rpc::SignAssertion(assertion, "test-key", assertion_seed()).SerializeAsString();
}

}  // namespace bordergate
