// Goal: what is drawn is a QR code to a reader that shares no code with the writer. Method: zxing-cpp reads
// the squares that libqrencode made, also with a corner of them dirty.
#include "libs/slip/qr_code.h"

#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

namespace bordergate {
namespace {

constexpr int kSquarePx = 4;

struct GrayPicture {
  int side = 0;
  std::vector<uint8_t> pixels;
};

GrayPicture Draw(const QrCode& code) {
  GrayPicture picture{(code.side + 2 * kQrBorder) * kSquarePx, {}};
  picture.pixels.assign(static_cast<size_t>(picture.side) * static_cast<size_t>(picture.side), 255);
  for (int y = 0; y < code.side * kSquarePx; ++y) {
    for (int x = 0; x < code.side * kSquarePx; ++x) {
      const int row = y + kQrBorder * kSquarePx;
      const int column = x + kQrBorder * kSquarePx;
      if (code.dark(x / kSquarePx, y / kSquarePx))
        picture.pixels[static_cast<size_t>(row) * static_cast<size_t>(picture.side) +
                       static_cast<size_t>(column)] = 0;
    }
  }
  return picture;
}

std::string ReadByZxing(const GrayPicture& picture) {
  const ZXing::ImageView view(picture.pixels.data(), picture.side, picture.side, ZXing::ImageFormat::Lum);
  const auto result = ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
  return result.isValid() ? result.text() : "";
}

TEST(QrCode, IsReadByAReaderThatSharesNoCodeWithIt) {
  const std::string text = "BG1:0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  EXPECT_EQ(ReadByZxing(Draw(MakeQrCode(text))), text);
}

TEST(QrCode, IsReadWithATwentiethOfItDirty) {
  const std::string text(219, 'K');
  QrCode code = MakeQrCode(text);
  const int edge = code.side / 4;
  for (int y = 0; y < edge; ++y) {
    for (int x = 0; x < edge; ++x) {
      const auto side = static_cast<size_t>(code.side);
      code.squares[(side - 1 - static_cast<size_t>(y)) * side + side - 1 - static_cast<size_t>(x)] = true;
    }
  }
  EXPECT_EQ(ReadByZxing(Draw(code)), text);
}

TEST(QrCode, OfASlipHasAtMostFiftySevenSquaresASide) {
  EXPECT_LE(MakeQrCode(std::string(230, 'Z')).side, 57);
}

}  // namespace
}  // namespace bordergate
