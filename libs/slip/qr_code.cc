#include "libs/slip/qr_code.h"

#include <memory>

#include <qrencode.h>

#include "libs/core/check.h"

namespace bordergate {

QrCode MakeQrCode(std::string_view text) {
  using Code = std::unique_ptr<QRcode, decltype(&QRcode_free)>;
  using Input = std::unique_ptr<QRinput, decltype(&QRinput_free)>;
  const Input input(QRinput_new2(0, QR_ECLEVEL_M), &QRinput_free);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  BG_CHECK(input && QRinput_append(input.get(), QR_MODE_AN, static_cast<int>(text.size()), bytes) == 0,
           "the text of a QR code is of the alphanumeric set");
  const Code code(QRcode_encodeInput(input.get()), &QRcode_free);
  BG_CHECK(code != nullptr, "a text of at most 1000 characters fits a QR code");
  QrCode out{code->width, {}};
  const size_t count = static_cast<size_t>(code->width) * static_cast<size_t>(code->width);
  out.squares.reserve(count);
  for (size_t i = 0; i < count; ++i) out.squares.push_back((code->data[i] & 1) != 0);
  return out;
}

}  // namespace bordergate
