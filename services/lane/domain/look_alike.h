// Plates that a camera or a tired eye takes for one another.
//
// Two plates look alike when they differ only in characters of one group: 0 O Q D (Đ is D in a key), 1 I 7, 8
// B, 5 S, 2 Z, 6 G. One such character is enough, and several do not make it less so: a plate that differs in
// two of them is still stopped, because here a false alarm costs a minute and a miss lets a watch-listed
// truck through.
//
// source   docs/glossary.md "look-alike"; the groups are those of common misreads of both countries' plate
// fonts
#pragma once

#include <string>
#include <string_view>

namespace bordergate::lane {

// The same text for all plates that look alike. `key` is a comparison key of libs/plate.
std::string LookAlikeKey(std::string_view key);

}  // namespace bordergate::lane
