// Whatever a disk makes of the journal: it is refused by name, or every row that is believed is as it was
// written.
//
// Input: damages to the file and to its log, four bytes each: where (in the log when the highest bit is set),
// and what stands there.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "embedded/lane_store.h"
#include "libs/core/check.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/chain.h"
#include "services/lane/store/database.h"
#include "services/lane/store/sqlite_journal.h"

namespace {

using namespace bordergate;        // NOLINT(google-build-using-namespace)
using namespace bordergate::lane;  // NOLINT(google-build-using-namespace)

constexpr int kRows = 40;

std::string BodyOf(int64_t row) {
  return fmt::format("event {} {}", row, std::string(static_cast<size_t>(row), 'x'));
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
void WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// In memory: the disk is not what is tested.
class Folder {
 public:
  Folder() { BG_CHECK(mkdtemp(name_.data()) != nullptr, "a folder"); }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(name_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(std::string_view file) const { return std::filesystem::path(name_) / file; }

 private:
  std::string name_ = "/dev/shm/journal_fuzz_XXXXXX";
};

struct JournalBytes {
  std::string file, log;
};

// Half of the rows in the file, the others in the log, as a process that was killed leaves it.
JournalBytes NewJournal(const Folder& folder) {
  const std::filesystem::path file = folder / "new.sqlite";
  JournalBytes bytes;
  for (const int last : {kRows / 2, kRows}) {
    const auto database = std::move(*Database::Open(file.string(), embedded::lane_store::migrations()));
    const auto journal = std::move(*SqliteJournal::Open(*database));
    for (int i = last - kRows / 2 + 1; i <= last; ++i) {
      Record record;
      record.events.push_back(
          {"lane.mode_changed", "huu-nghi-x1", "service:lane", "", Instant{}, BodyOf(i), "{}"});
      BG_CHECK(journal->Append(record).has_value(), "a new journal takes rows");
    }
    bytes = {ReadFile(file), ReadFile(file.string() + "-wal")};
  }
  return bytes;
}

Result<int64_t> Find(const std::filesystem::path& file) {
  const auto database = BG_TRY(Database::Open(file.string(), embedded::lane_store::migrations()));
  const auto journal = BG_TRY(SqliteJournal::Open(*database));
  const int64_t count = BG_TRY(journal->Verify());
  const auto events = BG_TRY(journal->ReadAfter(0, 2 * kRows));
  BG_CHECK(static_cast<int64_t>(events.size()) == count, "as many as were verified");
  for (const StoredEvent& event : events) {
    BG_CHECK(event.body == BodyOf(event.sequence) && event.kind == "lane.mode_changed",
             "no altered row is believed");
  }
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Folder folder;
  static const JournalBytes right = NewJournal(folder);
  JournalBytes bytes = right;
  if (size % 4 == 1) bytes.log.clear();  // as after an orderly end
  if (size % 4 == 2) bytes.log.resize(bytes.log.size() / 2);
  for (size_t i = 0; i + 4 <= size && i < 64; i += 4) {
    std::string& victim = (data[i] & 0x80) != 0 && !bytes.log.empty() ? bytes.log : bytes.file;
    const size_t place =
        (static_cast<size_t>(data[i] & 0x7F) << 16 | data[i + 1] << 8 | data[i + 2]) % victim.size();
    victim[place] = static_cast<char>(data[i + 3]);
  }
  const std::filesystem::path file = folder / "spoiled.sqlite";
  for (const char* rest : {"-wal", "-shm", ".lock"}) std::filesystem::remove(file.string() + rest);
  WriteFile(file, bytes.file);
  if (!bytes.log.empty()) WriteFile(file.string() + "-wal", bytes.log);
  const Result<int64_t> found = Find(file);
  if (!found) {
    BG_CHECK(found.error().Is(kJournalBroken) || found.error().Is(kJournalUnavailable),
             found.error().reason());
    BG_CHECK(!found.error().message().empty(), "a refusal has its reason");
  }
  return 0;
}
