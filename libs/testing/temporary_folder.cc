#include "libs/testing/temporary_folder.h"

#include <cstdlib>
#include <fstream>

#include "libs/core/check.h"

namespace bordergate {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "bordergate-test-XXXXXX").string();
  BG_CHECK(mkdtemp(name.data()) != nullptr, "the folder for temporary files can be written");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(std::string_view name, std::string_view text) const {
  const std::filesystem::path file = path_ / name;
  std::ofstream out(file, std::ios::binary);
  out << text;
  BG_CHECK(out.good(), "a temporary file can be written");
  return file.string();
}

}  // namespace bordergate
