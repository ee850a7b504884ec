// Goal: HTTPS with certificates from files, renewed without a restart. Method: libcurl verifies certificates
// made here.
#include <atomic>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "libs/http/reasons.h"
#include "libs/http/testing/curl_client.h"
#include "libs/http/testing/raw_client.h"
#include "libs/http/testing/test_server.h"

namespace bordergate::http {
namespace {

namespace fs = std::filesystem;

// A self-signed certificate for 127.0.0.1 and its key, written to two files.
void WriteCertificate(const fs::path& certificate_file, const fs::path& key_file, long serial) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  const std::string common_name = "test " + std::to_string(serial);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* addresses = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(certificate, addresses, -1);
  X509_EXTENSION_free(addresses);
  X509_sign(certificate, key, EVP_sha256());
  FILE* out = fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  fclose(out);
  out = fopen(certificate_file.c_str(), "w");
  PEM_write_X509(out, certificate);
  fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

class Tls : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / fmt::format("bordergate-tls-{}-{}", getpid(), info->name());
    fs::create_directories(folder_);
    WriteCertificate(certificate(), key(), 1);
    options_.tls = TlsFiles{
        .certificate_file = certificate(), .key_file = key(), .check_interval = std::chrono::milliseconds(5)};
    options_.on_event = [this](std::string_view event, std::string_view) {
      if (event == "certificate_reloaded") ++reloaded_;
      if (event == "certificate_not_reloaded") ++not_reloaded_;
    };
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string certificate() const { return folder_ / "certificate.pem"; }
  std::string key() const { return folder_ / "key.pem"; }
  CurlResponse Get(const Server& server, const std::string& ca_file) const {
    return Curl({.method = "GET", .url = UrlOf(server, "/", "https"), .ca_file = ca_file});
  }
  static void AnswerSecure(Request request, Reply reply) {
    reply.Send(MakeResponse(200, "text/plain", request.secure ? "secure" : "plain"));
  }

  fs::path folder_;
  ServerOptions options_;
  std::atomic<int> reloaded_ = 0;
  std::atomic<int> not_reloaded_ = 0;
};

TEST_F(Tls, ServesAClientThatVerifiesTheCertificate) {
  const auto server = StartForTest(AnswerSecure, options_);
  const CurlResponse response = Get(*server, certificate());
  EXPECT_EQ(response.error, 0) << response.error_text;
  EXPECT_EQ(response.body, "secure");
}

TEST_F(Tls, DoesNotAnswerPlainHttp) {
  const auto server = StartForTest(AnswerSecure, options_);
  EXPECT_NE(Curl(UrlOf(*server, "/")).error, 0);
  EXPECT_TRUE(Eventually([&] { return server->counts().connections_open == 0; }));
}

TEST_F(Tls, AHandshakeThatDoesNotEndIsCutOff) {
  options_.limits.handshake_timeout = std::chrono::milliseconds(50);
  const auto server = StartForTest(AnswerSecure, options_);
  RawClient client(server->port());
  EXPECT_EQ(client.ReadToEnd(), "");
  EXPECT_TRUE(client.ended());
}

TEST_F(Tls, TakesANewCertificateWithoutARestart) {
  const auto server = StartForTest(AnswerSecure, options_);
  const std::string old_certificate = folder_ / "old.pem";
  fs::copy_file(certificate(), old_certificate);
  WriteCertificate(certificate(), key(), 2);
  fs::last_write_time(certificate(), fs::last_write_time(old_certificate) + std::chrono::seconds(5));
  ASSERT_TRUE(Eventually([&] { return Get(*server, certificate()).error == 0; }));
  EXPECT_NE(Get(*server, old_certificate).error, 0);
}

TEST_F(Tls, KeepsTheOldCertificateWhileTheNewFilesAreWrong) {
  const auto server = StartForTest(AnswerSecure, options_);
  const std::string old_certificate = folder_ / "old.pem";
  fs::copy_file(certificate(), old_certificate);
  {
    std::ofstream(certificate()) << "not a certificate";
  }
  fs::last_write_time(certificate(), fs::last_write_time(old_certificate) + std::chrono::seconds(5));
  ASSERT_TRUE(Eventually([&] { return not_reloaded_ > 0; }));
  EXPECT_EQ(Get(*server, old_certificate).body, "secure");
}

TEST_F(Tls, DoesNotStartWithAKeyOfAnotherCertificate) {
  const std::string other_key = folder_ / "other.pem";
  WriteCertificate(folder_ / "unused.pem", other_key, 3);
  options_.tls->key_file = other_key;
  const auto server = Server::Start(options_, AnswerSecure);
  ASSERT_FALSE(server.has_value());
  EXPECT_TRUE(server.error().Is(kTlsFilesInvalid));
  options_.tls->key_file = folder_ / "absent.pem";
  EXPECT_TRUE(Server::Start(options_, AnswerSecure).error().Is(kTlsFilesInvalid));
}

}  // namespace
}  // namespace bordergate::http
