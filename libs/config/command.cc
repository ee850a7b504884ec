#include <CLI/CLI.hpp>

#include "libs/config/config.h"

namespace bordergate {

Command ParseCommandOrExit(int argc, char** argv, std::string_view service,
                           const std::vector<ExtraCommand>& extra) {
  Command command;
  CLI::App app("bordergate " + std::string(service), std::string(service));
  app.require_subcommand(1);
  const std::vector<std::pair<std::string, std::string>> common = {
      {"serve", "Run until SIGTERM or SIGINT"},
      {"migrate", "Bring the database to this program's schema, then end"},
      {"check-config", "List every fault of the configuration, then end"},
      {"print-config", "Print the effective configuration and where each value came from, then end"},
  };
  for (const auto& [name, sentence] : common) {
    app.add_subcommand(name, sentence)
        ->add_option("--config", command.config_file, "File laid over the defaults");
  }
  for (const auto& [name, sentence, reads_its_words] : extra) {
    CLI::App* sub = app.add_subcommand(name, sentence);
    sub->add_option("--config", command.config_file, "File laid over the defaults");
    if (!reads_its_words) continue;
    sub->set_help_flag();
    sub->prefix_command();
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 2);
  }
  const CLI::App* chosen = app.get_subcommands().front();
  command.name = chosen->get_name();
  command.arguments = chosen->remaining();
  return command;
}

}  // namespace bordergate
