// Which RPC a method and a path mean. Templates are those of google.api.http, as far as the contract uses
// them: fixed segments, "{field}" for one whole segment, and a ":verb" at the end.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"

namespace bordergate::gateway {

class RouteTable {
 public:
  using Variables =
      std::vector<std::pair<std::string, std::string>>;  // field and value, in the template's order

  struct Match {
    int route = 0;
    Variables variables;
  };
  struct Answer {
    std::optional<Match> match;
    // Set when the path is known with other methods only; for the header Allow.
    std::vector<std::string> allowed_methods;
  };

  // Reason: CONTRACT_INVALID (a template of another form; two routes that one request could mean).
  Result<void> Add(std::string_view method, std::string_view path_template, int route);

  //   segments   of the path, decoded. An empty segment never matches a field.
  Answer Find(std::string_view method, const std::vector<std::string>& segments) const;

 private:
  struct Segment {
    bool is_field = false;
    std::string text;
  };
  struct Entry {
    std::string method;
    std::vector<Segment> segments;
    int route = 0;
  };
  static std::optional<Variables> Fit(const Entry& entry, const std::vector<std::string>& segments,
                                      std::string_view last);

  // By verb; "" for none.
  std::map<std::string, std::vector<Entry>, std::less<>> entries_;
};

}  // namespace bordergate::gateway
