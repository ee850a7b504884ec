#include "services/identity/domain/password.h"

#include <algorithm>

#include "libs/core/text.h"
#include "services/identity/domain/reasons.h"

namespace bordergate::identity {
namespace {

constexpr int kLengthMin = 10;
constexpr int kLengthMax = 128;
constexpr std::string_view kTooShort = "PASSWORD_TOO_SHORT";
constexpr std::string_view kEasyToGuess = "PASSWORD_EASY_TO_GUESS";

// What a guesser who knows the gate tries before any dictionary.
std::vector<std::string> WordsOf(std::string_view sign_in_name) {
  std::vector<std::string> words = {"bordergate", "cuakhau",  "haiquan",   "bienphong", "langson", "laocai",
                                    "huunghi",    "tanthanh", "kimthanh",  "matkhau",   "vietnam", "anhyeuem",
                                    "emyeuanh",   "nguyen",   "khongbiet", "quantri",   "xetai"};
  words.emplace_back(sign_in_name);
  // The part before an at sign is what people see as their name.
  words.emplace_back(sign_in_name.substr(0, sign_in_name.find('@')));
  return words;
}

}  // namespace

void CheckPassword(std::string_view field, const std::string& password, std::string_view sign_in_name,
                   const PasswordJudge& judge, FieldChecks& checks) {
  FieldChecks form;
  form.Text(field, password, {.length_min = 1, .length_max = kLengthMax});
  checks.Text(field, password, {.length_min = 1, .length_max = kLengthMax});
  if (!form.ok()) return;
  checks.Require(CountCodePoints(password).value_or(0) >= kLengthMin, field, "PASSWORD_TOO_SHORT",
                 "must have at least 10 characters; a few words are easy to remember");
  checks.Require(
      judge.GuessBits(password, WordsOf(sign_in_name)) >= kGuessBitsMin, field, "PASSWORD_EASY_TO_GUESS",
      "must not be a commonly used password, a word, a date, a row of keys, or a small change of these or of "
      "the sign-in name");
}

Result<void> DoneWithPassword(const FieldChecks& checks) {
  Result<void> done = checks.Done();
  if (done) return done;
  const auto& fields = done.error().fields();
  const bool only_weak = std::all_of(fields.begin(), fields.end(), [](const FieldViolation& fault) {
    return fault.reason == kTooShort || fault.reason == kEasyToGuess;
  });
  if (!only_weak) return done;
  return Error(kPasswordTooWeak, done.error().message()).WithFields(fields);
}

}  // namespace bordergate::identity
