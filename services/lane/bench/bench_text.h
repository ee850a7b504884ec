// What the bench says, in Vietnamese, English and Chinese, by code (texts.toml).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordergate::lane {

enum class Language { kVi, kEn, kZh };
inline constexpr Language kLanguages[] = {Language::kVi, Language::kEn, Language::kZh};

// "vi", "en" or "zh".
std::optional<Language> ParseLanguage(std::string_view text);

class BenchTexts {
 public:
  // The file is part of the program: what is wrong with it is a bug.
  explicit BenchTexts(std::string_view toml);

  // The text of a code with its {placeholders} filled; a value that is the name of an input, a light or a
  // switch is put into words, too. The code is one of codes().
  std::string Say(Language language, const std::string& code,
                  const std::map<std::string, std::string>& params = {}) const;
  std::vector<std::string> codes() const;

 private:
  std::map<std::string, std::array<std::string, 3>> texts_;
};

}  // namespace bordergate::lane
