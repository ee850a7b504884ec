#include "services/lane/domain/traces.h"

#include <algorithm>

namespace bordergate::lane {
namespace {

constexpr seconds kMetFor{30};

}  // namespace

void Traces::Leave(const std::string& trace, bool went_through, SteadyInstant now) {
  std::erase_if(traces_, [&](const auto& one) { return now - one.second.met > kMetFor; });
  if (traces_.size() >= kTracesMax) {
    traces_.erase(std::ranges::min_element(traces_, {}, [](const auto& one) { return one.second.met; }));
  }
  traces_.insert_or_assign(trace, Trace{went_through, now});
}

Traces::Of Traces::Meet(const std::string& trace, SteadyInstant now) {
  const auto it = traces_.find(trace);
  if (it == traces_.end() || now - it->second.met > kMetFor) return Of::kNobody;
  it->second.met = now;
  return it->second.went_through ? Of::kGoneThrough : Of::kWentBack;
}

}  // namespace bordergate::lane
