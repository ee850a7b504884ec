#include "services/lane/bench/bench_text.h"

#include <toml++/toml.h>

#include "libs/core/check.h"

namespace bordergate::lane {

std::optional<Language> ParseLanguage(std::string_view text) {
  if (text == "vi") return Language::kVi;
  if (text == "en") return Language::kEn;
  if (text == "zh") return Language::kZh;
  return std::nullopt;
}

BenchTexts::BenchTexts(std::string_view toml) {
  const toml::table table = toml::parse(toml);
  for (const auto& [code, node] : table) {
    const toml::array* languages = node.as_array();
    BG_CHECK(languages != nullptr && languages->size() == 3, "a text stands in three languages");
    auto& text = texts_[std::string(code.str())];
    for (size_t i = 0; i < text.size(); ++i) text[i] = languages->get(i)->value_or(std::string());
  }
}

std::string BenchTexts::Say(Language language, const std::string& code,
                            const std::map<std::string, std::string>& params) const {
  const auto at = static_cast<size_t>(language);
  const auto found = texts_.find(code);
  BG_CHECK(found != texts_.end(), "every code has its text");
  std::string text = found->second[at];
  for (const auto& [name, value] : params) {
    const std::string place = "{" + name + "}";
    const auto named = texts_.find("name." + value);
    const std::string& words = named == texts_.end() ? value : named->second[at];
    for (size_t from = text.find(place); from != std::string::npos;
         from = text.find(place, from + words.size())) {
      text.replace(from, place.size(), words);
    }
  }
  return text;
}

std::vector<std::string> BenchTexts::codes() const {
  std::vector<std::string> codes;
  codes.reserve(texts_.size());
  for (const auto& [code, text] : texts_) codes.push_back(code);
  return codes;
}

}  // namespace bordergate::lane
