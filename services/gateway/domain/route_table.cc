#include "services/gateway/domain/route_table.h"

#include <fmt/format.h>

#include "libs/core/text.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

// "trip_1:cancel" is the segment "trip_1" with the verb "cancel".
std::pair<std::string_view, std::string_view> SplitVerb(std::string_view segment) {
  const size_t colon = segment.rfind(':');
  if (colon == std::string_view::npos) return {segment, {}};
  return {segment.substr(0, colon), segment.substr(colon + 1)};
}

}  // namespace

Result<void> RouteTable::Add(std::string_view method, std::string_view path_template, int route) {
  const auto refused = [&](std::string_view why) {
    return Error(kContractInvalid, fmt::format("{} {}: {}", method, path_template, why));
  };
  if (!path_template.starts_with('/')) return refused("a path begins with a slash");
  const auto [path, verb] = SplitVerb(path_template);
  Entry entry{.method = std::string(method), .segments = {}, .route = route};
  for (const std::string_view part : Split(path.substr(1), '/')) {
    if (part.empty()) return refused("a segment is empty");
    const bool is_field = part.front() == '{';
    const std::string_view text = is_field ? part.substr(1, part.size() - 2) : part;
    if ((is_field && part.back() != '}') || text.empty() || text.find_first_of("{}=*") != text.npos) {
      return refused("only fixed segments and {field} are served");
    }
    entry.segments.push_back({is_field, std::string(text)});
  }
  std::vector<Entry>& same_verb = entries_[std::string(verb)];
  for (const Entry& other : same_verb) {
    if (other.method != entry.method || other.segments.size() != entry.segments.size()) continue;
    bool distinct = false;
    for (size_t i = 0; i < entry.segments.size(); ++i) {
      const Segment& a = entry.segments[i];
      const Segment& b = other.segments[i];
      if (!a.is_field && !b.is_field && a.text != b.text) distinct = true;
    }
    if (!distinct) return refused("another RPC answers there already");
  }
  same_verb.push_back(std::move(entry));
  return {};
}

std::optional<RouteTable::Variables> RouteTable::Fit(const Entry& entry,
                                                     const std::vector<std::string>& segments,
                                                     std::string_view last) {
  if (entry.segments.size() != segments.size()) return std::nullopt;
  Variables variables;
  for (size_t i = 0; i < segments.size(); ++i) {
    const std::string_view value = i + 1 == segments.size() ? last : std::string_view(segments[i]);
    const Segment& segment = entry.segments[i];
    if (segment.is_field) {
      if (value.empty()) return std::nullopt;
      variables.emplace_back(segment.text, value);
    } else if (segment.text != value) {
      return std::nullopt;
    }
  }
  return variables;
}

RouteTable::Answer RouteTable::Find(std::string_view method, const std::vector<std::string>& segments) const {
  Answer answer;
  if (segments.empty()) return answer;
  const auto [last, verb] = SplitVerb(segments.back());
  const auto same_verb = entries_.find(verb);
  if (same_verb == entries_.end()) return answer;
  for (const Entry& entry : same_verb->second) {
    std::optional<Variables> variables = Fit(entry, segments, last);
    if (!variables) continue;
    if (entry.method == method) {
      answer.match = Match{entry.route, *std::move(variables)};
      answer.allowed_methods.clear();
      return answer;
    }
    answer.allowed_methods.push_back(entry.method);
  }
  return answer;
}

}  // namespace bordergate::gateway
