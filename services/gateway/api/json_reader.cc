#include "services/gateway/api/json_reader.h"

#include <fmt/format.h>

#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

// Looks at a text without building anything; the first fault ends the reading.
class Inspector final : public nlohmann::json_sax<Json> {
 public:
  explicit Inspector(const JsonLimits& limits) : limits_(limits) {}

  std::optional<Error> fault;

  bool null() override { return Count(); }
  bool boolean(bool) override { return Count(); }
  bool number_integer(number_integer_t) override { return Count(); }
  bool number_unsigned(number_unsigned_t) override { return Count(); }
  bool number_float(number_float_t, const string_t&) override { return Count(); }
  bool string(string_t&) override { return Count(); }
  bool binary(binary_t&) override { return Count(); }
  bool start_object(size_t) override { return Enter(); }
  bool start_array(size_t) override { return Enter(); }
  bool end_object() override { return Leave(); }
  bool end_array() override { return Leave(); }
  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second) {
      return Refuse(kBodyMalformed,
                    fmt::format("the key \"{}\" occurs twice in one object", name.substr(0, 60)));
    }
    return Count();
  }
  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    // The library's text ends with what it read and what it expected; the part before names the library's own
    // parts.
    const std::string_view text = error.what();
    const size_t reason = text.find("syntax error");
    return Refuse(kBodyMalformed, fmt::format("not JSON at byte {}: {}", position,
                                              text.substr(reason == text.npos ? 0 : reason).substr(0, 200)));
  }

 private:
  bool Refuse(Reason reason, std::string message) {
    fault = Error(reason, std::move(message));
    return false;
  }
  bool Count() {
    if (++values_ <= limits_.values_max) return true;
    return Refuse(kBodyTooComplex, fmt::format("the body holds more than {} values", limits_.values_max));
  }
  bool Enter() {
    keys_.emplace_back();
    if (static_cast<int>(keys_.size()) <= limits_.depth_max) return Count();
    return Refuse(kBodyTooComplex, fmt::format("the body is nested more than {} deep", limits_.depth_max));
  }
  bool Leave() {
    keys_.pop_back();
    return true;
  }

  const JsonLimits limits_;
  int values_ = 0;
  std::vector<std::set<std::string>> keys_;  // of the objects around this place
};

}  // namespace

Result<Json> ReadJson(std::string_view text, const JsonLimits& limits) {
  Inspector inspector(limits);
  if (!Json::sax_parse(text, &inspector)) {
    return inspector.fault ? *std::move(inspector.fault) : Error(kBodyMalformed, "the body is not JSON");
  }
  return Json::parse(text);
}

}  // namespace bordergate::gateway
