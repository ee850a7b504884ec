#include "services/fee/domain/price.h"

#include <algorithm>

#include "libs/core/check.h"
#include "services/fee/domain/reasons.h"

namespace bordergate::fee {
namespace {

bool Names(const std::vector<std::string>& list, std::string_view item) {
  return list.empty() || std::find(list.begin(), list.end(), item) != list.end();
}

bool Fits(const std::optional<Direction>& direction, const Load& load) {
  return !direction || *direction == load.direction;
}

bool Fits(const TariffLine& line, const Load& load, std::string_view chapter) {
  return Fits(line.direction, load) && Names(line.regimes, load.regime) &&
         (!line.perishable_only || IsPerishableChapter(chapter)) &&
         load.gross_mass_kg >= line.gross_mass_from_kg &&
         (line.gross_mass_below_kg == 0 || load.gross_mass_kg < line.gross_mass_below_kg) &&
         (!line.container_only || load.has_container);
}

bool Fits(const Coefficient& coefficient, const Load& load, std::string_view chapter) {
  return Fits(coefficient.direction, load) && Names(coefficient.regimes, load.regime) &&
         Names(coefficient.hs_chapters, chapter);
}

// As if the load were all of one chapter.
Result<Price> PriceOfKind(const Tariff& tariff, const Load& load, std::string_view chapter) {
  const auto line = std::find_if(tariff.lines.begin(), tariff.lines.end(),
                                 [&](const TariffLine& one) { return Fits(one, load, chapter); });
  if (line == tariff.lines.end()) {
    return Error(kTariffNotFound, "no line of the tariff fits").With("hs_chapter", std::string(chapter));
  }
  Price price{.lines = {{line->line_id, line->title_vi, 0, line->amount_dong}},
              .amount_dong = line->amount_dong,
              .tariff_version = tariff.version};
  for (const Coefficient& coefficient : tariff.coefficients) {
    if (!Fits(coefficient, load, chapter)) continue;
    const int64_t after_dong = ApplyPermille(price.amount_dong, coefficient.permille);
    price.lines.push_back({coefficient.coefficient_id, coefficient.title_vi, coefficient.permille,
                           after_dong - price.amount_dong});
    price.amount_dong = after_dong;
  }
  return price;
}

}  // namespace

Result<Price> PriceOf(const Tariff& tariff, const Load& load) {
  if (load.hs_codes.empty()) return PriceOfKind(tariff, load, "");
  std::optional<Price> highest;
  for (const std::string& hs_code : load.hs_codes) {
    Price price = BG_TRY(PriceOfKind(tariff, load, std::string_view(hs_code).substr(0, 2)));
    if (!highest || price.amount_dong > highest->amount_dong) highest = std::move(price);
  }
  return *std::move(highest);
}

int64_t ApplyPermille(int64_t amount_dong, int64_t permille) {
  BG_CHECK(amount_dong >= 0 && amount_dong <= kPriceMax_dong && permille >= 0 && permille <= 100'000,
           "tariffs are checked so that prices stay in bounds");
  return (amount_dong * permille + 500) / 1000;
}

bool IsPerishableChapter(std::string_view chapter) { return chapter == "07" || chapter == "08"; }

}  // namespace bordergate::fee
