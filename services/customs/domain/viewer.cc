#include "services/customs/domain/viewer.h"

#include <algorithm>

namespace bordergate::customs {
namespace {

constexpr std::string_view kSeeValues[] = {"ROLE_ENTERPRISE", "ROLE_CUSTOMS", "ROLE_FEE_COLLECTOR",
                                           "ROLE_MANAGEMENT_CENTRE", "ROLE_AUDITOR"};
constexpr std::string_view kSeeTemperatures[] = {"ROLE_ENTERPRISE", "ROLE_HEALTH", "ROLE_AUDITOR"};

template <size_t kCount>
bool HasOneOf(const Viewer& viewer, const std::string_view (&roles)[kCount]) {
  return std::any_of(std::begin(roles), std::end(roles),
                     [&](std::string_view role) { return viewer.Has(role); });
}

// Nothing but health quarantine: such a viewer has no business with the load.
bool SeesHealthOnly(const Viewer& viewer) {
  return std::all_of(viewer.roles.begin(), viewer.roles.end(),
                     [](const std::string& role) { return role == "ROLE_HEALTH"; });
}

}  // namespace

bool Viewer::Has(std::string_view role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Viewer::MaySeeGate(const std::string& gate_id) const {
  return gate_ids.empty() || std::find(gate_ids.begin(), gate_ids.end(), gate_id) != gate_ids.end();
}

bool Viewer::MaySee(const Trip& trip) const {
  if (enterprise_id) return trip.enterprise_id == *enterprise_id;
  return MaySeeGate(trip.gate_id);
}

void HideFrom(const Viewer& viewer, Trip& trip) {
  if (SeesHealthOnly(viewer)) trip.goods.clear();
  if (!HasOneOf(viewer, kSeeValues)) {
    for (GoodsLine& line : trip.goods) {
      line.value_minor = 0;
      line.currency_code.clear();
    }
  }
  if (!HasOneOf(viewer, kSeeTemperatures)) trip.quarantine.driver_temperature_decicelsius = 0;
}

}  // namespace bordergate::customs
