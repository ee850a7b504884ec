#include "services/customs/domain/description.h"

#include <set>
#include <string>
#include <vector>

#include "libs/core/text.h"

namespace bordergate::customs {
namespace {

constexpr size_t kPhraseWordsMax = 4;

// Folded as by FoldText. Words of phrases are separated by one space.
constexpr std::string_view kVague[] = {
    // English
    "accessories", "agricultural products", "all", "and", "animals", "apparel", "appliances", "articles",
    "as ordered", "as per invoice", "assorted", "auto parts", "baggage", "boxes", "cargo", "cartons",
    "chemicals", "clothes", "clothing", "commodities", "commodity", "components", "consolidated",
    "consolidation", "consumer", "containers", "dangerous", "different", "documents", "electronic",
    "electronics", "equipment", "fak", "farm", "food", "foodstuff", "foodstuffs", "footwear", "fresh",
    "freight", "fruit", "fruits", "furniture", "garments", "general", "gift", "gifts", "goods", "grocery",
    "groceries", "hardware", "household", "industrial", "items", "kind", "kinds", "machine", "machinery",
    "machines", "materials", "merchandise", "misc", "miscellaneous", "mixed", "na", "n a", "new", "none",
    "not specified", "of", "other", "others", "packages", "pallets", "parcels", "parts", "personal effects",
    "pieces", "plants", "products", "raw", "said to contain", "sample", "samples", "see invoice", "shipment",
    "spare", "stc", "stuff", "sundries", "supplies", "textiles", "the", "things", "tools", "unknown", "used",
    "various", "vegetable", "vegetables", "wares",
    // Vietnamese
    "bach hoa", "bao", "cac", "chua ro", "do", "do dung", "dien tu", "dong lanh", "giay dep", "hai san",
    "hang", "hang hoa", "hoa qua", "hon hop", "kem theo", "khac", "khong ro", "kien", "linh kien", "loai",
    "mau", "may", "may moc", "moi", "nguyen lieu", "nhap khau", "nhieu", "nhu hoa don", "nong lam san",
    "nong san", "phu kien", "phu tung", "qua", "qua tang", "quan ao", "rau", "rau cu", "rau qua", "san pham",
    "tap hoa", "theo hoa don", "thiet bi", "thong thuong", "thuc pham", "thung", "thuy san", "tieu dung",
    "tong hop", "trai cay", "tuoi", "va", "vat lieu", "vat tu", "xe", "xuat khau",
    // Chinese
    "一般货物", "产品", "其他", "农产品", "原料", "各种货物", "商品", "日用品", "普通货物", "服装", "杂货",
    "材料", "样品", "水果", "海鲜", "物品", "电子产品", "百货", "礼品", "蔬菜", "设备", "货", "货物", "配件",
    "零件", "食品", "机器"};

const std::set<std::string_view>& VagueWords() {
  static const std::set<std::string_view> kWords(std::begin(kVague), std::end(kVague));
  return kWords;
}

// Letters only; digits, spaces and punctuation separate.
std::vector<std::string> Words(const std::string& folded) {
  std::vector<std::string> words(1);
  for (const char c : folded) {
    const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

bool IsVagueDescription(std::string_view description) {
  const std::vector<std::string> words = Words(FoldText(description));
  // explained[i]: the first i words are made up of vague phrases alone.
  std::vector<bool> explained(words.size() + 1, false);
  explained[0] = true;
  for (size_t from = 0; from < words.size(); ++from) {
    if (!explained[from]) continue;
    std::string phrase;
    for (size_t to = from; to < words.size() && to < from + kPhraseWordsMax; ++to) {
      if (to > from) phrase += ' ';
      phrase += words[to];
      if (VagueWords().contains(phrase)) explained[to + 1] = true;
    }
  }
  return explained[words.size()];
}

}  // namespace bordergate::customs
