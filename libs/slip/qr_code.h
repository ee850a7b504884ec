// A text as the squares of a QR code. By libqrencode.
#pragma once

#include <string_view>
#include <vector>

namespace bordergate {

struct QrCode {
  int side = 0;               // squares along one side, without the light border
  std::vector<bool> squares;  // row by row; true: dark

  bool dark(int x, int y) const {
    return squares[static_cast<size_t>(y) * static_cast<size_t>(side) + static_cast<size_t>(x)];
  }
};

// The light border that a reader needs around the code, in squares.
inline constexpr int kQrBorder = 4;

// Level M: the code is read with 15 % of it dirty.
//   text   1 to 1000 characters of QR's alphanumeric set (0-9 A-Z space $%*+-./:); any other is a bug
QrCode MakeQrCode(std::string_view text);

}  // namespace bordergate
