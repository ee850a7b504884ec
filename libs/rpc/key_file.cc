#include "libs/rpc/key_file.h"

#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace bordergate {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

template <class ReadPem, class GetRaw>
Result<std::string> ReadKey(const std::filesystem::path& pem_file, ReadPem read_pem, GetRaw get_raw) {
  const File file(std::fopen(pem_file.c_str(), "rb"), &std::fclose);
  if (!file) return Error(kKeyFileInvalid, fmt::format("{} cannot be read", pem_file.string()));
  const Key key(read_pem(file.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  std::string raw(32, '\0');
  size_t length = raw.size();
  if (!key || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519 ||
      get_raw(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &length) != 1 ||
      length != raw.size()) {
    return Error(kKeyFileInvalid, fmt::format("{} holds no Ed25519 key in PEM", pem_file.string()));
  }
  return raw;
}

}  // namespace

Result<std::string> ReadEd25519PublicKey(const std::filesystem::path& pem_file) {
  return ReadKey(pem_file, PEM_read_PUBKEY, EVP_PKEY_get_raw_public_key);
}

Result<std::string> ReadEd25519Seed(const std::filesystem::path& pem_file) {
  return ReadKey(pem_file, PEM_read_PrivateKey, EVP_PKEY_get_raw_private_key);
}

}  // namespace bordergate
