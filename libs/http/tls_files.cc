#include "libs/http/tls_files.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include "libs/http/reasons.h"

namespace bordergate::http {

namespace ssl = boost::asio::ssl;

TlsContexts::Stamp TlsContexts::ReadStamp() const {
  std::error_code missing;
  return {std::filesystem::last_write_time(files_.certificate_file, missing),
          std::filesystem::last_write_time(files_.key_file, missing)};
}

Result<void> TlsContexts::Load() {
  stamp_ = ReadStamp();
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  const auto refused = [&](const std::string& file) {
    return Error(kTlsFilesInvalid,
                 fmt::format("{}: {}; give a PEM certificate chain and its key", file, error.message()));
  };
  context->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::no_sslv3, error);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  context->use_certificate_chain_file(files_.certificate_file, error);
  if (error) return refused(files_.certificate_file);
  context->use_private_key_file(files_.key_file, ssl::context::pem, error);
  if (error) return refused(files_.key_file);
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
    return Error(kTlsFilesInvalid,
                 fmt::format("{} is not the key of {}", files_.key_file, files_.certificate_file));
  }
  current_ = std::move(context);
  return {};
}

Result<bool> TlsContexts::LoadIfChanged() {
  if (ReadStamp() == stamp_) return false;
  BG_TRY(Load());
  return true;
}

}  // namespace bordergate::http
