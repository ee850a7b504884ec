#include "services/lane/domain/look_alike.h"

namespace bordergate::lane {
namespace {

char Fold(char c) {
  switch (c) {
    case 'O':
    case 'Q':
    case 'D':
      return '0';
    case 'I':
    case '7':
      return '1';
    case 'B':
      return '8';
    case 'S':
      return '5';
    case 'Z':
      return '2';
    case 'G':
      return '6';
    default:
      return c;
  }
}

}  // namespace

std::string LookAlikeKey(std::string_view key) {
  std::string folded(key);
  for (char& c : folded) c = Fold(c);
  return folded;
}

}  // namespace bordergate::lane
