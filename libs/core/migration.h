// One step of a database's schema, as a file of the repository.
#pragma once

#include <string_view>

namespace bordergate {

struct Migration {
  std::string_view name;  // "0001_create_trips"
  std::string_view sql;
};

}  // namespace bordergate
