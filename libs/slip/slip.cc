#include "libs/slip/slip.h"

#include <fmt/format.h>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "libs/plate/plate.h"
#include "libs/slip/base45.h"

namespace bordergate {
namespace {

constexpr char kVersion = 1;
constexpr char kExportFlag = 1;
constexpr size_t kSignatureSize = 64;
constexpr size_t kPlateMax = 20;
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz0123456789";

// What is signed begins with words of its own, so that no other message of this key can be taken for a slip.
std::string SignedText(std::string_view fields) { return "bordergate slip v1\n" + std::string(fields); }

bool Fits(std::string_view text, size_t length_min, size_t length_max, char separator) {
  const auto allowed = [&](char c) { return c == separator || kLower.find(c) != std::string_view::npos; };
  return text.size() >= length_min && text.size() <= length_max && std::ranges::all_of(text, allowed);
}

// As the platform writes plates, so that one truck has one spelling.
bool IsPlate(std::string_view text) {
  const Result<Plate> plate = ParsePlate(text);
  return text.size() <= kPlateMax && plate && plate->normalised == text;
}

bool IsWellFormed(const Slip& slip) {
  return Fits(slip.key_id, 1, 40, '-') && Fits(slip.trip_id, 1, 64, '_') && Fits(slip.gate_id, 2, 40, '-') &&
         IsPlate(slip.plate) && (slip.trailer_plate.empty() || IsPlate(slip.trailer_plate)) &&
         slip.valid_from < slip.valid_until;
}

void PutText(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size());
  out += text;
}

void PutTime(std::string& out, Instant time) {
  const auto seconds_of_utc = std::chrono::duration_cast<seconds>(time.time_since_epoch()).count();
  BG_CHECK(seconds_of_utc >= 0 && seconds_of_utc <= UINT32_MAX, "slips are made before the year 2106");
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((seconds_of_utc >> shift) & 0xFF);
}

// Takes fields from the front of bytes; after one that is not there, everything is missing.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes) : rest_(bytes) {}

  std::string_view Take(size_t count) {
    whole_ = whole_ && count <= rest_.size();
    if (!whole_) return {};
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  unsigned char Byte() {
    const std::string_view byte = Take(1);
    return byte.empty() ? 0 : static_cast<unsigned char>(byte.front());
  }
  std::string Text() { return std::string(Take(Byte())); }
  Instant Time() {
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | Byte();
    return Instant(seconds(value));
  }
  bool Done() const { return whole_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool whole_ = true;
};

std::optional<Slip> ReadFields(std::string_view fields) {
  FieldReader reader(fields);
  const unsigned char version = reader.Byte();
  const unsigned char flags = reader.Byte();
  Slip slip;
  slip.key_id = reader.Text();
  slip.trip_id = reader.Text();
  slip.gate_id = reader.Text();
  slip.plate = reader.Text();
  slip.trailer_plate = reader.Text();
  slip.valid_from = reader.Time();
  slip.valid_until = reader.Time();
  slip.is_export = flags == kExportFlag;
  if (version != kVersion || flags > kExportFlag || !reader.Done() || !IsWellFormed(slip))
    return std::nullopt;
  return slip;
}

}  // namespace

std::string SignSlip(const Slip& slip, std::string_view seed) {
  BG_CHECK(IsWellFormed(slip), "a slip is made of what was checked when it was declared");
  std::string fields = {kVersion, slip.is_export ? kExportFlag : '\0'};
  for (const std::string* text :
       {&slip.key_id, &slip.trip_id, &slip.gate_id, &slip.plate, &slip.trailer_plate}) {
    PutText(fields, *text);
  }
  PutTime(fields, slip.valid_from);
  PutTime(fields, slip.valid_until);
  return std::string(kSlipPrefix) + Base45(fields + SignEd25519(seed, SignedText(fields)));
}

Result<Slip> VerifySlip(std::string_view text, const FindSlipKey& find_key) {
  if (text.size() > kSlipTextMax || !text.starts_with(kSlipPrefix))
    return Error(kSlipMalformed, "no slip of this version; print the slip again");
  const auto bytes = ParseBase45(text.substr(kSlipPrefix.size()));
  if (!bytes || bytes->size() <= kSignatureSize)
    return Error(kSlipMalformed, "the slip's text is cut or altered; print the slip again");
  const std::string_view fields = std::string_view(*bytes).substr(0, bytes->size() - kSignatureSize);
  const std::string_view signature = std::string_view(*bytes).substr(fields.size());
  const std::optional<Slip> slip = ReadFields(fields);
  if (!slip) return Error(kSlipMalformed, "the slip's fields are cut or altered; print the slip again");
  const Result<std::string> key = find_key(slip->key_id);
  if (!key) {
    return Error(kSlipKeyUnknown,
                 fmt::format("no public key {} is known here; give it to this place", slip->key_id))
        .With("key_id", slip->key_id);
  }
  if (!VerifyEd25519(*key, SignedText(fields), signature))
    return Error(kSlipForged, "the slip's signature does not hold; keep the paper, look at the truck");
  return *slip;
}

Result<void> CheckSlip(const Slip& slip, const SlipPlace& place, Instant now) {
  if (slip.gate_id != place.gate_id) {
    return Error(kSlipOtherGate, "the slip is for another gate; send the truck there")
        .With("gate_id", slip.gate_id);
  }
  if (slip.is_export != place.is_export)
    return Error(kSlipOtherDirection, "the slip is for the other direction; send the truck to a lane of it");
  if (now < slip.valid_from) {
    return Error(kSlipNotYetValid, "the slip is not valid yet; compare the clocks")
        .With("valid_from", FormatInstant(slip.valid_from));
  }
  if (now >= slip.valid_until) {
    return Error(kSlipExpired, "the slip has run out; print it again")
        .With("valid_until", FormatInstant(slip.valid_until));
  }
  return {};
}

}  // namespace bordergate
