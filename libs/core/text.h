// Text as people write it: UTF-8, normalised to NFC at every entrance.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordergate {

// Number of code points; nothing when the text is not valid UTF-8.
std::optional<int> CountCodePoints(std::string_view text);

// The code points; nothing when the text is not valid UTF-8.
std::optional<std::u32string> DecodeUtf8(std::string_view text);
std::string EncodeUtf8(std::u32string_view code_points);

// True when a character below U+0020, U+007F or in U+0080..U+009F occurs.
bool HasControlCharacters(std::string_view text);

// Canonical composition (NFC), so that "Nguyễn" typed on any system is the same bytes. Invalid UTF-8 comes
// back as it is.
std::string NormaliseNfc(std::string_view text);

// For comparing words however they are typed: case folded, marks removed, đ as d ("HÀNG HÓA", "hàng hoá" and
// "hang hoa" are one). Never for display. Invalid UTF-8 comes back as it is.
std::string FoldText(std::string_view text);

// Without white space at both ends.
std::string_view Trim(std::string_view text);

// ASCII letters only; other characters stay.
std::string UpperAscii(std::string_view text);
std::string LowerAscii(std::string_view text);

std::vector<std::string_view> Split(std::string_view text, char separator);

}  // namespace bordergate
