// What a trip costs: a pure function of a tariff and what is carried. All money is integer đồng.
//
// The first line of the tariff that fits gives the base. Every coefficient that fits is applied to it, in the
// tariff's order, each time rounded half up to the đồng.
//
// Several kinds of goods on one vehicle: the trip is priced once for each HS chapter aboard, as if it carried
// nothing else but with its whole mass, and the highest price applies. (The resolution says "the highest
// fee"; read as the highest rate, not as the goods of the highest value.)
//
// source   Resolution 09/2025/NQ-HĐND of Lạng Sơn, as far as it is published
#pragma once

#include <string>
#include <vector>

#include "libs/core/result.h"
#include "services/fee/domain/tariff.h"

namespace bordergate::fee {

// What is to be priced.
struct Load {
  Direction direction = Direction::kExport;
  std::string regime;  // "REGIME_EXPORT"
  std::vector<std::string> hs_codes;
  int64_t gross_mass_kg = 0;  // of all goods
  bool has_container = false;
};

struct InvoiceLine {
  std::string code;  // of the tariff's line or coefficient
  std::string title_vi;
  int64_t permille = 0;  // 0 for the base
  int64_t amount_dong = 0;

  bool operator==(const InvoiceLine&) const = default;
};

struct Price {
  std::vector<InvoiceLine> lines;  // sums to amount_dong
  int64_t amount_dong = 0;
  int tariff_version = 0;
};

//   tariff   checked
//   load     without an HS code an empty truck: it has a mass of 0 and no chapter, so that lines and
//            coefficients of some goods do not fit it
//   errors   TARIFF_NOT_FOUND (a kind of goods aboard fits no line)
Result<Price> PriceOf(const Tariff& tariff, const Load& load);

// amount × permille / 1000, rounded half up; amount from 0 to kPriceMax_dong, permille to 100,000.
int64_t ApplyPermille(int64_t amount_dong, int64_t permille);

// Fresh vegetables and fruit: chapters 07 and 08.
bool IsPerishableChapter(std::string_view chapter);

}  // namespace bordergate::fee
