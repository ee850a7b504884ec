// What is written down of those who come in. Ids only, never a name, a password or a token.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/result.h"

namespace bordergate::identity {

class AccessLog {
 public:
  virtual ~AccessLog() = default;
  // A session or a token was given out.
  virtual void Admitted(std::string_view subject_id, std::string_view session_id) = 0;
  // Nobody came in. `subject_id` is empty when the name is nobody's.
  virtual void Refused(std::string_view subject_id, Reason reason) = 0;
  // The use of a session could not be written; its idle time goes on as if it had not been used.
  virtual void UseNotWritten(std::string_view session_id, const Error& error) = 0;
};

}  // namespace bordergate::identity
