#include "services/camera/device/multipart.h"

#include <optional>

#include "libs/core/text.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr size_t kPartsMax = 16;
constexpr size_t kHeaderBytesMax = 2048;
constexpr size_t kBoundaryLengthMax = 128;  // of the standard 70; cameras are not strict
constexpr std::string_view kLineEnd = "\r\n";

Error Broken(const char* what) { return {kPushUnreadable, what}; }

// The value of a parameter: `boundary` of `multipart/form-data; boundary="x"`.
std::optional<std::string> ParameterOf(std::string_view field, std::string_view name) {
  for (const std::string_view part : Split(field, ';')) {
    const std::string_view trimmed = Trim(part);
    const size_t equals = trimmed.find('=');
    if (equals == std::string_view::npos || LowerAscii(Trim(trimmed.substr(0, equals))) != name) continue;
    std::string_view value = Trim(trimmed.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return std::string(value);
  }
  return std::nullopt;
}

BodyPart ReadHeader(std::string_view header) {
  BodyPart part;
  while (!header.empty()) {
    const size_t end = std::min(header.find(kLineEnd), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + kLineEnd.size(), header.size()));
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = LowerAscii(Trim(line.substr(0, colon)));
    const std::string_view value = Trim(line.substr(colon + 1));
    if (name == "content-type") part.content_type = MediaTypeOf(value);
    if (name == "content-disposition")
      part.name = ParameterOf(value, "filename").value_or(ParameterOf(value, "name").value_or(""));
  }
  return part;
}

}  // namespace

std::string MediaTypeOf(std::string_view content_type) {
  return LowerAscii(Trim(content_type.substr(0, content_type.find(';'))));
}

Result<std::vector<BodyPart>> SplitMultipart(std::string_view content_type, std::string_view body) {
  const std::string boundary = ParameterOf(content_type, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > kBoundaryLengthMax) return Broken("multipart without a boundary");
  // Some cameras name the boundary with the dashes that stand before it in the body.
  const std::string line = body.starts_with("--" + boundary) ? "--" + boundary : boundary;
  if (!body.starts_with(line)) return Broken("the body does not begin with its boundary");
  const std::string delimiter = std::string(kLineEnd) + line;
  std::vector<BodyPart> parts;
  size_t at = line.size();
  while (!body.substr(at).starts_with("--")) {
    if (!body.substr(at).starts_with(kLineEnd)) return Broken("a boundary is not followed by a line's end");
    at += kLineEnd.size();
    const size_t header_end = body.substr(at, kHeaderBytesMax).find("\r\n\r\n");
    if (header_end == std::string_view::npos) return Broken("a part has no end of its header");
    if (parts.size() == kPartsMax) return Broken("more than 16 parts");
    BodyPart part = ReadHeader(body.substr(at, header_end));
    const size_t begin = at + header_end + 4;
    // The empty line may be the line end before the next boundary: a part without content.
    const size_t end = body.find(delimiter, begin - kLineEnd.size());
    if (end == std::string_view::npos) return Broken("the body ends within a part");
    part.bytes = end < begin ? std::string_view() : body.substr(begin, end - begin);
    parts.push_back(std::move(part));
    at = end + delimiter.size();
  }
  return parts;
}

}  // namespace bordergate::camera
