// A proto's comment as Markdown.
#pragma once

#include <string>
#include <string_view>

namespace bordergate::gateway {

struct CommentText {
  std::string summary;      // the first sentence, without its full stop
  std::string description;  // everything: the sentences, then what the comment says by name, as a list
};

// A comment holds sentences, then lines like "  errors   INVALID_FIELD, TRIP_NOT_FOUND" that may go on,
// further in.
CommentText ReadComment(std::string_view comment);

}  // namespace bordergate::gateway
