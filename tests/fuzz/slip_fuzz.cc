// Whatever a QR code holds: no text that was not signed is believed, and of what was signed only a whole
// slip, in the one spelling that it has.
//
// Input: whether the rest is a text, the bytes behind its Base45, or fields that are signed here with the
// right key.
#include <cstdint>
#include <string>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "libs/slip/base45.h"
#include "libs/slip/slip.h"

namespace {

using namespace bordergate;  // NOLINT(google-build-using-namespace)

const std::string kSeed(32, 's');

Result<std::string> KeyOf(const std::string&) {
  static const std::string key = PublicKeyEd25519(kSeed);
  return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool is_signed = data[0] % 3 == 2;
  std::string text = rest;
  if (data[0] % 3 == 1) text = std::string(kSlipPrefix) + Base45(rest);
  // What slip.cc signs: its own words, then the fields.
  if (is_signed)
    text = std::string(kSlipPrefix) + Base45(rest + SignEd25519(kSeed, "bordergate slip v1\n" + rest));
  if (const auto bytes = ParseBase45(rest))
    BG_CHECK(Base45(*bytes) == rest, "a text is the Base45 of one string");
  const Result<Slip> slip = VerifySlip(text, KeyOf);
  if (!slip) {
    BG_CHECK(!slip.error().message().empty(), "a refusal has its reason");
    return 0;
  }
  BG_CHECK(is_signed, "nobody signed it");
  BG_CHECK(SignSlip(*slip, kSeed) == text, "a slip has one spelling");
  return 0;
}
