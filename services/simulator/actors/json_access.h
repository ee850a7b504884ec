// Reading answers that may lack anything.
#pragma once

#include <charconv>
#include <string>

#include <nlohmann/json.hpp>

namespace bordergate::simulator {

// The text at a key; empty when there is none.
inline std::string TextAt(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

// The object at a key; an empty one when there is none.
inline const nlohmann::json& ObjectAt(const nlohmann::json& object, const char* key) {
  static const nlohmann::json kEmpty = nlohmann::json::object();
  const auto at = object.find(key);
  return at != object.end() && at->is_object() ? *at : kEmpty;
}

// The list at a key; an empty one when there is none.
inline const nlohmann::json& ListAt(const nlohmann::json& object, const char* key) {
  static const nlohmann::json kEmpty = nlohmann::json::array();
  const auto at = object.find(key);
  return at != object.end() && at->is_array() ? *at : kEmpty;
}

inline bool FlagAt(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_boolean() && at->get<bool>();
}

// A 64-bit integer, written as a text or as a number; 0 when there is none.
inline int64_t NumberAt(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end()) return 0;
  if (at->is_number_integer()) return at->get<int64_t>();
  int64_t value = 0;
  if (at->is_string()) {
    const auto& text = at->get_ref<const std::string&>();
    std::from_chars(text.data(), text.data() + text.size(), value);
  }
  return value;
}

}  // namespace bordergate::simulator
