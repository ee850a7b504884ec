#include "services/simulator/actors/bank.h"

#include <array>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "libs/core/digest.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

struct CloseFile {
  void operator()(FILE* file) const { (void)std::fclose(file); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

}  // namespace

Result<Bank> Bank::Open(std::string bank_id, const std::string& key_file) {
  const std::unique_ptr<FILE, CloseFile> file(std::fopen(key_file.c_str(), "r"));
  const std::unique_ptr<EVP_PKEY, FreeKey> key(
      file ? PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
  std::array<unsigned char, 32> seed{};
  size_t size = seed.size();
  if (!key || EVP_PKEY_get_raw_private_key(key.get(), seed.data(), &size) != 1 || size != seed.size()) {
    return Error(kAccountsUnreadable, fmt::format("{} holds no Ed25519 private key (PEM)", key_file));
  }
  return Bank(std::move(bank_id), std::string(seed.begin(), seed.end()));
}

Json Bank::Notice(const std::string& invoice_id, int64_t amount_dong, const std::string& reference,
                  Instant now) const {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  const auto unix_s = second.time_since_epoch().count();
  const std::string message = fmt::format("bordergate payment v1\n{}\n{}\n{}\n{}\n{}\n{}", bank_id_,
                                          reference, invoice_id, amount_dong, unix_s, unix_s);
  const std::string time = FormatInstant(second);
  return {{"bank_id", bank_id_},
          {"bank_reference", reference},
          {"invoice_id", invoice_id},
          {"amount_dong", std::to_string(amount_dong)},
          {"book_time", time},
          {"sign_time", time},
          {"signature", Base64(SignEd25519(seed_, message))}};
}

Result<void> Bank::Pay(PublicDoor& door, const std::string& invoice_id, int64_t amount_dong,
                       const std::string& reference, Instant now) const {
  BG_TRY(door.Call({.method = "POST",
                    .path = "/v1/payments",
                    .token = {},
                    .key = {},
                    .body = Notice(invoice_id, amount_dong, reference, now)}));
  return {};
}

}  // namespace bordergate::simulator
