#include "services/simulator/domain/goods.h"

#include <algorithm>
#include <array>
#include <span>

namespace bordergate::simulator {
namespace {

struct Kind {
  std::string_view hs_code;
  std::string_view description;
  std::string_view package_kind;
  int package_kg;
  int64_t value_minor_per_kg;  // đồng, or fen
  int weight;                  // of 100 trucks of this direction
};

constexpr std::array<Kind, 10> kExports = {{
    {"08106000", "Sầu riêng tươi Ri6", "CT", 18, 95'000, 30},
    {"08109092", "Thanh long tươi ruột trắng", "CT", 20, 22'000, 12},
    {"08045020", "Xoài tươi", "CT", 12, 28'000, 8},
    {"08039010", "Chuối tươi", "CT", 13, 14'000, 8},
    {"08071100", "Dưa hấu tươi", "BK", 25, 8'000, 10},
    {"08109050", "Mít tươi", "CT", 22, 19'000, 9},
    {"11081400", "Tinh bột sắn", "BG", 50, 11'000, 8},
    {"40012220", "Cao su tự nhiên SVR 10", "PX", 1260, 38'000, 5},
    {"85258990", "Mô-đun máy ảnh điện thoại", "CT", 9, 2'400'000, 6},
    {"03061721", "Tôm thẻ chân trắng đông lạnh", "CT", 10, 190'000, 4},
}};

constexpr std::array<Kind, 10> kImports = {{
    {"85423100", "集成电路 处理器 vi mạch xử lý", "CT", 8, 120'000, 14},
    {"54075200", "染色涤纶机织物 vải dệt polyester đã nhuộm", "RO", 35, 2'600, 16},
    {"08081000", "鲜苹果 táo tươi", "CT", 18, 700, 12},
    {"07032000", "鲜大蒜 tỏi tươi", "BG", 10, 450, 10},
    {"08052100", "鲜柑橘 quýt tươi", "CT", 15, 620, 8},
    {"85414300", "光伏组件 tấm pin mặt trời", "PX", 900, 3'100, 12},
    {"87082995", "汽车车身零件 phụ tùng thân xe ô tô", "PX", 400, 4'200, 10},
    {"84798990", "自动装配机 máy lắp ráp tự động", "CS", 1800, 9'500, 8},
    {"69072124", "陶瓷墙砖 gạch ốp lát", "PX", 1200, 320, 6},
    {"39011092", "聚乙烯颗粒 hạt nhựa polyetylen", "BG", 25, 900, 4},
}};

const Kind& PickKind(std::span<const Kind> kinds, Chance& chance) {
  int64_t left = chance.Between(1, 100);
  for (const Kind& kind : kinds) {
    left -= kind.weight;
    if (left <= 0) return kind;
  }
  return kinds.back();
}

}  // namespace

std::vector<GoodsItem> MakeGoods(bool is_export, int64_t load_max_kg, Chance& chance) {
  const std::span<const Kind> kinds =
      is_export ? std::span<const Kind>(kExports) : std::span<const Kind>(kImports);
  const int64_t line_count = chance.Happens(0.12) ? 2 : 1;
  std::vector<GoodsItem> goods;
  for (int64_t line = 0; line < line_count; ++line) {
    const Kind& kind = PickKind(kinds, chance);
    if (!goods.empty() && goods.front().hs_code == kind.hs_code) break;
    const int64_t mass = load_max_kg * chance.Between(55, 95) / 100 / line_count;
    const int64_t packages = std::max<int64_t>(1, mass / kind.package_kg);
    GoodsItem item;
    item.hs_code = kind.hs_code;
    item.description = kind.description;
    item.package_kind = kind.package_kind;
    item.package_count = static_cast<int>(packages);
    item.gross_mass_kg = packages * kind.package_kg;
    item.net_mass_kg = item.gross_mass_kg * 94 / 100;
    item.value_minor = item.net_mass_kg * kind.value_minor_per_kg;
    item.currency_code = is_export ? "VND" : "CNY";
    item.origin_country_code = is_export ? "VN" : "CN";
    goods.push_back(std::move(item));
  }
  return goods;
}

}  // namespace bordergate::simulator
