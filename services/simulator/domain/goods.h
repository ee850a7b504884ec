// What the trucks carry: the mix of the gates of Lạng Sơn (facts: fruit and farm goods out, electronics,
// machines, fabrics and fruit in).
#pragma once

#include <string>
#include <vector>

#include "services/simulator/domain/chance.h"

namespace bordergate::simulator {

struct GoodsItem {
  std::string hs_code;
  std::string description;
  std::string package_kind;  // UN/CEFACT recommendation 21
  int package_count = 0;
  int64_t gross_mass_kg = 0;
  int64_t net_mass_kg = 0;
  int64_t value_minor = 0;
  std::string currency_code;
  std::string origin_country_code;

  // Fresh vegetables and fruit.
  bool perishable() const { return hs_code.starts_with("07") || hs_code.starts_with("08"); }
};

// One kind of goods for most trucks, two for some.
//   load_max_kg   what the truck may carry
std::vector<GoodsItem> MakeGoods(bool is_export, int64_t load_max_kg, Chance& chance);

}  // namespace bordergate::simulator
