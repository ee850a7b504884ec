// Who looks at trips, which of them they see and how much of each.
//
// An enterprise sees its own. An officer sees those of the gates they are posted to, and of each what their
// work needs: an agency that has no business with a value, a load or a temperature is not shown it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/customs/domain/trip.h"

namespace bordergate::customs {

struct Viewer {
  std::optional<Id<Enterprise>> enterprise_id;  // set for an enterprise
  std::vector<std::string> gate_ids;            // gates an officer is posted to; empty: all
  std::vector<std::string> roles;               // "ROLE_CUSTOMS"

  bool MaySee(const Trip& trip) const;
  bool MaySeeGate(const std::string& gate_id) const;
  bool Has(std::string_view role) const;
};

// Takes out of a trip what the viewer's roles do not need: the goods (health quarantine), their value (all
// but customs, fees, the management centre and auditors), the driver's temperature (all but health quarantine
// and auditors).
void HideFrom(const Viewer& viewer, Trip& trip);

}  // namespace bordergate::customs
