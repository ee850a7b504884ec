#include "libs/rpc/credentials.h"

#include <fmt/format.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

namespace bordergate::rpc {
namespace {

// How often the certificate files are looked at for a renewal.
constexpr unsigned kRefreshInterval_s = 10;

std::string NameOf(const std::string& site, const std::string& service) {
  return fmt::format("spiffe://bordergate/{}/{}", site, service);
}

// SPIFFE demands exactly one URI name; a certificate with more is refused, not searched.
class NameVerifier final : public grpc::experimental::ExternalCertificateVerifier {
 public:
  explicit NameVerifier(std::string name) : name_(std::move(name)) {}

  bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)>, grpc::Status* sync_status) override {
    const auto names = request->uri_names();
    const bool good = names.size() == 1 && names[0] == name_;
    *sync_status = good ? grpc::Status::OK
                        : grpc::Status(grpc::StatusCode::UNAUTHENTICATED,
                                       "the server's certificate is not for " + name_);
    return true;
  }
  void Cancel(grpc::experimental::TlsCustomVerificationCheckRequest*) override {}

 private:
  std::string name_;
};

std::shared_ptr<grpc::experimental::FileWatcherCertificateProvider> MakeProvider(const TlsConfig& tls) {
  return std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
      tls.key_file, tls.certificate_file, tls.ca_file, kRefreshInterval_s);
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsConfig& tls) {
  grpc::experimental::TlsServerCredentialsOptions options(MakeProvider(tls));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  // The chain is verified by the handshake; the name is read in each call (PeerService).
  options.set_certificate_verifier(std::make_shared<grpc::experimental::NoOpCertificateVerifier>());
  options.set_check_call_host(false);
  return grpc::experimental::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> MakeChannelCredentials(const TlsConfig& tls,
                                                                 const std::string& service) {
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(MakeProvider(tls));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_verify_server_certs(true);
  options.set_check_call_host(false);
  options.set_certificate_verifier(
      grpc::experimental::ExternalCertificateVerifier::Create<NameVerifier>(NameOf(tls.site, service)));
  return grpc::experimental::TlsCredentials(options);
}

std::string PeerService(const grpc::AuthContext& context, const std::string& site) {
  const auto names = context.FindPropertyValues(GRPC_PEER_SPIFFE_ID_PROPERTY_NAME);
  if (names.size() != 1) return {};
  const std::string name(names[0].data(), names[0].size());
  const std::string prefix = NameOf(site, "");
  if (!name.starts_with(prefix)) return {};
  return name.substr(prefix.size());
}

}  // namespace bordergate::rpc
