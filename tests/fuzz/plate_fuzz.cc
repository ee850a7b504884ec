// Whatever is typed or read as a plate: what is accepted has one spelling, and is accepted again in it.
#include <cstdint>
#include <string_view>

#include "libs/core/check.h"
#include "libs/core/text.h"
#include "libs/plate/plate.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bordergate;  // NOLINT(google-build-using-namespace)
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string normalised = NormalisePlate(text);
  BG_CHECK(NormalisePlate(normalised) == normalised, "normalising is done once");
  const Result<Plate> plate = ParsePlate(text);
  if (!plate) {
    BG_CHECK(!plate.error().message().empty(), "a refusal has its reason");
    return 0;
  }
  BG_CHECK(plate->normalised.size() <= 32 && DecodeUtf8(plate->normalised), "a short word in UTF-8");
  BG_CHECK(plate->key == PlateKey(text), "one key, however it is made");
  const Result<Plate> again = ParsePlate(plate->normalised);
  BG_CHECK(again && again->normalised == plate->normalised && again->key == plate->key &&
               again->kind == plate->kind,
           "the same plate in its own spelling");
  return 0;
}
