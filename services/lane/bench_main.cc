// lane_bench: walks an electrician through the wiring of one lane. Started as `lane bench`.
#include <CLI/CLI.hpp>
#include <unistd.h>

#include "libs/core/clock.h"
#include "services/lane/bench/terminal.h"
#include "services/lane/bench_command.h"

using namespace bordergate;        // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::lane;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  BenchArguments arguments;
  BenchSettings settings;
  int travel_s = 8;
  CLI::App app("Walks an electrician through the wiring of one lane and makes its acceptance sheet",
               "lane bench");
  app.add_option("--site", arguments.site_file, "The site file")->required();
  app.add_option("--lane", arguments.lane_id, "The lane")->required();
  app.add_option("--out", arguments.sheet_file,
                 "The sheet, PDF; default LANE-acceptance.pdf. The record lies beside it, .json");
  app.add_option("--language", arguments.language, "vi, en or zh")->check(CLI::IsMember({"vi", "en", "zh"}));
  app.add_option("--maps", arguments.maps_folder, "Folder with further register maps");
  app.add_option("--person", arguments.person, "Name of the electrician");
  app.add_option("--travel-s", travel_s, "Longest travel of the arm, seconds")->check(CLI::Range(1, 60));
  app.add_flag("--again", arguments.again, "Do again what passed before");
  CLI11_PARSE(app, argc, argv);
  settings.times.travel_max = seconds(travel_s);
  const SystemClock clock;
  Terminal terminal(STDIN_FILENO, STDOUT_FILENO);
  return RunBench(arguments, settings, terminal, clock);
}
