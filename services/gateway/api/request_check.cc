#include "services/gateway/api/request_check.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "libs/core/clock.h"
#include "libs/core/digest.h"
#include "libs/core/text.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;
using Type = pb::FieldDescriptor::Type;

// Names in messages are cut: they come from outside and go into an answer.
std::string Cut(std::string_view text) {
  return text.size() <= 60 ? std::string(text) : fmt::format("{}…", text.substr(0, 60));
}

std::string_view KindOf(const Json& value) {
  if (value.is_string()) return "a string";
  if (value.is_boolean()) return "true or false";
  if (value.is_number()) return "a number";
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  return "null";
}

class Checker {
 public:
  Checker(int faults_max, std::vector<FieldViolation>& faults) : faults_max_(faults_max), faults_(faults) {}

  void Message(Json& value, const pb::Descriptor& message, const std::string& path) {
    if (message.full_name() == "google.protobuf.Timestamp") return Time(value, path);
    if (!value.is_object()) return WrongType(value, path, "an object");
    if (message.full_name() == "google.protobuf.Struct") return Normalise(value);
    std::map<const pb::OneofDescriptor*, std::string> chosen;
    for (auto entry = value.begin(); entry != value.end();) {
      if (full()) return;
      const std::string inner = path.empty() ? entry.key() : fmt::format("{}.{}", path, entry.key());
      const pb::FieldDescriptor* field = message.FindFieldByName(entry.key());
      if (field == nullptr) {
        Add(Cut(inner), "FIELD_UNKNOWN",
            "there is no such field here; compare the spelling with the reference at /docs");
      } else if (entry.value().is_null()) {
        entry = value.erase(entry);
        continue;
      } else {
        Oneof(*field, inner, chosen);
        Field(entry.value(), *field, inner);
      }
      ++entry;
    }
  }

 private:
  bool full() const { return static_cast<int>(faults_.size()) >= faults_max_; }

  void Add(std::string path, std::string_view reason, std::string message) {
    if (!full()) faults_.push_back({std::move(path), std::string(reason), std::move(message)});
  }

  void WrongType(const Json& value, const std::string& path, std::string_view wanted) {
    Add(path, "TYPE_WRONG", fmt::format("must be {}; it is {}", wanted, KindOf(value)));
  }

  void Oneof(const pb::FieldDescriptor& field, const std::string& path,
             std::map<const pb::OneofDescriptor*, std::string>& chosen) {
    const pb::OneofDescriptor* oneof = field.real_containing_oneof();
    if (oneof == nullptr) return;
    const auto [other, first] = chosen.emplace(oneof, field.name());
    if (!first) Add(path, "FIELD_CONFLICT", fmt::format("cannot be given together with {}", other->second));
  }

  void Field(Json& value, const pb::FieldDescriptor& field, const std::string& path) {
    if (field.is_map()) return Map(value, field, path);
    if (!field.is_repeated()) return Single(value, field, path);
    if (!value.is_array()) return WrongType(value, path, "an array");
    for (size_t i = 0; i < value.size() && !full(); ++i) {
      const std::string inner = fmt::format("{}[{}]", path, i);
      if (value[i].is_null()) {
        WrongType(value[i], inner, "a value");
      } else {
        Single(value[i], field, inner);
      }
    }
  }

  void Map(Json& value, const pb::FieldDescriptor& field, const std::string& path) {
    if (!value.is_object()) return WrongType(value, path, "an object");
    const pb::FieldDescriptor& inner = *field.message_type()->map_value();
    for (auto& [key, entry] : value.items()) {
      if (full()) return;
      Single(entry, inner, fmt::format("{}[\"{}\"]", path, Cut(key)));
    }
  }

  void Single(Json& value, const pb::FieldDescriptor& field, const std::string& path) {
    switch (field.cpp_type()) {
      case pb::FieldDescriptor::CPPTYPE_MESSAGE:
        return Message(value, *field.message_type(), path);
      case pb::FieldDescriptor::CPPTYPE_STRING:
        return field.type() == Type::TYPE_BYTES ? Bytes(value, path) : Text(value, path);
      case pb::FieldDescriptor::CPPTYPE_BOOL:
        if (!value.is_boolean()) WrongType(value, path, "true or false");
        return;
      case pb::FieldDescriptor::CPPTYPE_ENUM:
        return Enum(value, *field.enum_type(), path);
      case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      case pb::FieldDescriptor::CPPTYPE_FLOAT:
        return Number(value, field, path);
      case pb::FieldDescriptor::CPPTYPE_INT32:
        return Integer(value, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max(), path);
      case pb::FieldDescriptor::CPPTYPE_INT64:
        return Integer(value, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), path);
      case pb::FieldDescriptor::CPPTYPE_UINT32:
        return Integer(value, 0, std::numeric_limits<uint32_t>::max(), path);
      case pb::FieldDescriptor::CPPTYPE_UINT64:
        return Integer(value, 0, std::numeric_limits<int64_t>::max(), path);
    }
  }

  void Text(Json& value, const std::string& path) {
    if (!value.is_string()) return WrongType(value, path, "a string");
    Normalise(value);
  }

  void Bytes(const Json& value, const std::string& path) {
    if (!value.is_string()) return WrongType(value, path, "a string of base64");
    if (!ParseBase64(value.get_ref<const std::string&>())) {
      Add(path, "BASE64_INVALID", "must be base64 with padding (RFC 4648, section 4)");
    }
  }

  void Time(const Json& value, const std::string& path) {
    if (!value.is_string()) return WrongType(value, path, "a time as a string");
    const std::string& text = value.get_ref<const std::string&>();
    if (!ParseInstant(text)) {
      Add(path, "TIME_INVALID",
          "must be a time as in RFC 3339 with an offset, for example 2026-11-22T07:05:09Z");
    }
  }

  void Enum(const Json& value, const pb::EnumDescriptor& type, const std::string& path) {
    if (!value.is_string()) return WrongType(value, path, "the name of a value as a string");
    if (type.FindValueByName(value.get_ref<const std::string&>()) != nullptr) return;
    std::string names;
    for (int i = 1; i < type.value_count(); ++i) names += (i > 1 ? ", " : "") + type.value(i)->name();
    Add(path, "ENUM_UNKNOWN", fmt::format("must be one of {}", names));
  }

  // 64-bit integers do not fit the numbers of every JSON reader, so digits in a string are as good.
  void Integer(const Json& value, int64_t min, int64_t max, const std::string& path) {
    int64_t number = 0;
    bool in_range = true;
    if (value.is_number_unsigned()) {
      in_range = value.get<uint64_t>() <= static_cast<uint64_t>(max);
      number = in_range ? value.get<int64_t>() : 0;
    } else if (value.is_number_integer()) {
      number = value.get<int64_t>();
    } else if (value.is_string()) {
      const std::string& text = value.get_ref<const std::string&>();
      const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
      if (text.empty() || read.ptr != text.data() + text.size()) return WrongType(value, path, "an integer");
      in_range = read.ec == std::errc();
    } else {
      return WrongType(value, path, "an integer");
    }
    if (!in_range || number < min || number > max) {
      Add(path, "NUMBER_OUT_OF_RANGE", fmt::format("must be from {} to {}", min, max));
    }
  }

  void Number(const Json& value, const pb::FieldDescriptor& field, const std::string& path) {
    if (!value.is_number()) return WrongType(value, path, "a number");
    const double number = value.get<double>();
    const bool is_float = field.cpp_type() == pb::FieldDescriptor::CPPTYPE_FLOAT;
    if (!std::isfinite(number) || (is_float && std::abs(number) > std::numeric_limits<float>::max())) {
      Add(path, "NUMBER_OUT_OF_RANGE", "is too large");
    }
  }

  void Normalise(Json& value) {
    if (value.is_string()) {
      value = NormaliseNfc(value.get_ref<const std::string&>());
    } else if (value.is_structured()) {
      for (auto& inner : value) Normalise(inner);
    }
  }

  const int faults_max_;
  std::vector<FieldViolation>& faults_;
};

}  // namespace

void CheckObject(Json& object, const pb::Descriptor& message, int faults_max,
                 std::vector<FieldViolation>& faults) {
  Checker(faults_max, faults).Message(object, message, "");
}

}  // namespace bordergate::gateway
