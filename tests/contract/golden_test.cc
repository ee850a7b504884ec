// Goal: what the outside relies on changes only by intent. Method: the list made from the contract against
// the one in the repository. BORDERGATE_UPDATE_GOLDEN=1 writes the new list; the difference is then read in
// the review.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "services/gateway/api/contract.h"
#include "services/gateway/api/embedded_files.h"
#include "services/gateway/api/openapi.h"

namespace bordergate::contract {
namespace {

void ExpectGolden(const std::string& name, const std::string& made) {
  const std::string path = fmt::format("{}/tests/contract/{}", BORDERGATE_ROOT, name);
  if (std::getenv("BORDERGATE_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << made;
  std::ifstream file(path);
  const std::string kept{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(kept, made)
      << "a promise changed; when that is meant: BORDERGATE_UPDATE_GOLDEN=1 ./test contract";
}

TEST(RestPaths, AreAsPromised) {
  const auto contract = gateway::Contract::Load(gateway::EmbeddedDescriptors());
  ASSERT_TRUE(contract.has_value()) << contract.error().message();
  std::set<std::string> lines;
  for (const gateway::Endpoint& endpoint : (*contract)->endpoints()) {
    lines.insert(fmt::format("{} {} {} ({})\n", endpoint.path, endpoint.http_method,
                             endpoint.rpc->full_name(), gateway::AccessText(endpoint.access)));
  }
  std::string list = "# path, method, RPC, who may call\n";
  for (const std::string& line : lines) list += line;
  ExpectGolden("rest_paths.txt", list);
}

}  // namespace
}  // namespace bordergate::contract
