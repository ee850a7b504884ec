// The command `lane bench`: from what was typed to a record and a sheet.
#pragma once

#include <string>

#include "libs/core/clock.h"
#include "services/lane/bench/bench_session.h"

namespace bordergate::lane {

struct BenchArguments {
  std::string site_file;
  std::string lane_id;
  std::string sheet_file;  // empty: <lane_id>-acceptance.pdf; the record lies beside it, as .json
  std::string language = "vi";
  std::string maps_folder;  // further register maps
  std::string person;       // empty: he is asked
  bool again = false;       // what passed before is done again
};

// Exit code: 0 accepted, 3 not accepted (the sheet says what is open), 1 it could not begin or end; then one
// line on standard error with reason and remedy.
//   settings   without language and abilities, which come from the arguments
int RunBench(const BenchArguments& arguments, const BenchSettings& settings, BenchPerson& person,
             const Clock& clock);

}  // namespace bordergate::lane
