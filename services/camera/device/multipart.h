// A whole multipart body, as a camera sends its event and pictures (RFC 2046, RFC 7578).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"

namespace bordergate::camera {

struct BodyPart {
  std::string content_type;  // in lower case, without parameters; empty when it names none
  std::string name;          // "filename" of the part, else its "name"; empty when it has none
  std::string_view bytes;    // within the body
};

// At most 16 parts, each with a header of at most 2 KiB.
//   errors   PUSH_UNREADABLE   no boundary; does not begin with it; a part without an end, or the whole
//   without
Result<std::vector<BodyPart>> SplitMultipart(std::string_view content_type, std::string_view body);

// "text/xml" of "Text/XML; charset=utf-8".
std::string MediaTypeOf(std::string_view content_type);

}  // namespace bordergate::camera
