#include "services/camera/device/push_credentials.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

constexpr std::string_view kRealm = "bordergate";
constexpr seconds kNonceLife{300};
constexpr size_t kNoncesMax = 256;
constexpr size_t kAuthorizationLengthMax = 2048;

std::string Md5Hex(std::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  const int done = EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()),
                              &length, EVP_md5(), nullptr);
  BG_CHECK(done == 1, "OpenSSL has MD5");
  digest.resize(length);
  return Hex(digest);
}

// What follows the scheme, without regard to its case; empty when it is another scheme.
std::string_view AfterScheme(std::string_view authorization, std::string_view scheme) {
  if (LowerAscii(authorization.substr(0, scheme.size())) != scheme) return {};
  return Trim(authorization.substr(std::min(scheme.size(), authorization.size())));
}

// name="value", name=value, …
std::map<std::string, std::string> ReadFields(std::string_view text) {
  std::map<std::string, std::string> fields;
  while (!text.empty()) {
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) break;
    const std::string name = LowerAscii(Trim(text.substr(0, equals)));
    text.remove_prefix(equals + 1);
    const bool quoted = text.starts_with('"');
    if (quoted) text.remove_prefix(1);
    const size_t end = std::min(text.find(quoted ? '"' : ','), text.size());
    fields[name] = std::string(quoted ? text.substr(0, end) : Trim(text.substr(0, end)));
    const size_t comma = text.find(',', end);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return fields;
}

}  // namespace

bool IsPushKey(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-";
  return text.size() >= 12 && text.size() <= 64 &&
         text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

bool IsBasicOf(std::string_view authorization, std::string_view user, std::string_view key) {
  const auto said = ParseBase64(AfterScheme(authorization, "basic "));
  return said && EqualSecrets(*said, fmt::format("{}:{}", user, key));
}

std::string DigestCheck::Challenge(bool stale) {
  const std::string nonce = Hex(RandomBytes(16));
  {
    const std::lock_guard lock(mutex_);
    const SteadyInstant now = clock_.SteadyNow();
    std::erase_if(nonces_, [&](const auto& item) { return item.second.until < now; });
    if (nonces_.size() >= kNoncesMax) {
      nonces_.erase(std::min_element(nonces_.begin(), nonces_.end(), [](const auto& a, const auto& b) {
        return a.second.until < b.second.until;
      }));
    }
    nonces_[nonce] = {.until = now + kNonceLife};
  }
  return fmt::format(R"(Digest realm="{}", qop="auth", algorithm=MD5, nonce="{}"{})", kRealm, nonce,
                     stale ? ", stale=true" : "");
}

bool DigestCheck::Use(const std::string& nonce, uint64_t count) {
  const std::lock_guard lock(mutex_);
  const auto found = nonces_.find(nonce);
  if (found == nonces_.end() || found->second.until < clock_.SteadyNow()) return false;
  if (count <= found->second.count) return false;
  found->second.count = count;
  return true;
}

DigestCheck::Verdict DigestCheck::Check(std::string_view authorization, std::string_view method,
                                        std::string_view target, std::string_view user,
                                        std::string_view key) {
  if (authorization.size() > kAuthorizationLengthMax) return Verdict::kWrong;
  auto fields = ReadFields(AfterScheme(authorization, "digest "));
  const std::string& algorithm = fields["algorithm"];
  if (fields["username"] != user || fields["realm"] != kRealm || fields["uri"] != target ||
      fields["qop"] != "auth" || fields["cnonce"].empty() || (!algorithm.empty() && algorithm != "MD5"))
    return Verdict::kWrong;
  const std::string& nc = fields["nc"];
  uint64_t count = 0;
  const auto [end, error] = std::from_chars(nc.data(), nc.data() + nc.size(), count, 16);
  if (nc.size() != 8 || error != std::errc() || end != nc.data() + nc.size()) return Verdict::kWrong;
  const std::string who = Md5Hex(fmt::format("{}:{}:{}", user, kRealm, key));
  const std::string what = Md5Hex(fmt::format("{}:{}", method, target));
  const std::string right =
      Md5Hex(fmt::format("{}:{}:{}:{}:auth:{}", who, fields["nonce"], nc, fields["cnonce"], what));
  if (!EqualSecrets(fields["response"], right)) return Verdict::kWrong;
  return Use(fields["nonce"], count) ? Verdict::kGood : Verdict::kStale;
}

}  // namespace bordergate::camera
