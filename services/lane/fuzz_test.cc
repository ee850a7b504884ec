// Goal: whatever bytes come from a controller, a journal file or a register map, nothing crashes, every fault
// is a declared error, and nothing is believed that was not said. Method: right bytes, spoiled by a seed:
// bits flipped, cut, lengthened, replaced, repeated from before. BORDERGATE_SEED chooses other spoils.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "embedded/lane_store.h"
#include "libs/core/random.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/device/modbus_barrier.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/chain.h"
#include "services/lane/store/sqlite_journal.h"
#include "services/lane/testing/coil_map.h"
#include "services/lane/testing/modbus_controller.h"

namespace bordergate::lane {
namespace {

SeededRandom SeededChance() {
  const char* seed = std::getenv("BORDERGATE_SEED");
  return SeededRandom(seed == nullptr ? 20261122 : std::stoull(seed));
}

// One spoil of some bytes; `before`: what may be repeated instead.
template <class Bytes>
Bytes Spoil(Bytes bytes, const Bytes& before, Random& random) {
  const auto any = [&] { return static_cast<typename Bytes::value_type>(random.Below(256)); };
  const auto place = [&] { return random.Below(std::max<size_t>(bytes.size(), 1)); };
  switch (random.Below(8)) {
    case 0:
    case 1:
    case 2:
      if (!bytes.empty()) bytes[place()] ^= static_cast<typename Bytes::value_type>(1 << random.Below(8));
      break;
    case 3:
      for (uint64_t n = 1 + random.Below(4); n > 0 && !bytes.empty(); --n) bytes[place()] = any();
      break;
    case 4:
      bytes.resize(place());
      break;
    case 5:
      for (uint64_t n = 1 + random.Below(8); n > 0; --n) bytes.push_back(any());
      break;
    case 6:
      if (!bytes.empty()) bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(place()));
      break;
    default:
      bytes = before;
  }
  return bytes;
}

// --- Modbus ---

using Answer = std::vector<uint8_t>;

// A driver whose controller's next answer is spoiled, all others are right.
class SpoiledLine {
 public:
  SpoiledLine(std::string_view map, Random& random) : map_(*ParseRegisterMap(map)), random_(random) {
    controller.OnAnswer([this](Answer& answer) {
      if (spoiled_.exchange(true)) return;
      right = answer;
      answer = sent = Spoil(answer, before_, random_);
      before_ = right;
    });
    Connect();
  }
  // Another run of the program; the one before may have been told that another has its barrier.
  void Connect() {
    ModbusSettings settings;
    settings.host = "127.0.0.1";
    settings.port = controller.port();
    settings.timeout = milliseconds(30);
    settings.reconnect_first = settings.reconnect_longest = milliseconds(1);
    settings.heartbeat = milliseconds(100'000);  // one request a poll
    settings.instance = ++instance_;
    taken = false;
    barrier.emplace(settings, map_, clock_);
    barrier->OnTaken([this] { taken = true; });
  }
  void PollUntilGood() {
    while (!barrier->Poll()) std::this_thread::yield();
  }
  template <class Work>
  auto Spoiled(Work work) {
    spoiled_ = false;
    controller.fault = ModbusController::Fault::kSpoiled;
    auto result = work();
    controller.fault = ModbusController::Fault::kNone;
    return result;
  }
  // The first bytes are those of the right answer.
  bool Agrees(size_t count) const {
    return sent.size() >= count &&
           std::equal(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(count), sent.begin());
  }
  size_t input_bytes() const { return (static_cast<size_t>(map_.bit_count()) + 7) / 8; }
  BarrierInputs InputsOf(const uint8_t* bytes) const {
    std::vector<bool> bits;
    for (int i = 0; i < map_.bit_count(); ++i) bits.push_back((bytes[i / 8] >> (i % 8) & 1) != 0);
    return map_.Decode(bits);
  }

  ModbusController controller{milliseconds(50)};
  std::optional<ModbusBarrier> barrier;
  Answer right, sent;  // the answer as it was, and as it went out
  bool taken = false;

 private:
  const RegisterMap map_;
  Random& random_;
  Answer before_;
  SystemClock clock_;
  std::atomic<bool> spoiled_ = true;
  uint32_t instance_ = 0;
};

constexpr size_t kReadHead = 9;      // header, function, count of bytes
constexpr size_t kWriteAnswer = 12;  // header, function, what is repeated

TEST(Fuzz, AModbusAnswerIsBelievedOnlyWhenEveryByteOfItIsRight) {
  SeededRandom random = SeededChance();
  int believed = 0, refused = 0;
  for (const std::string_view map :
       {std::string_view(embedded::lane_device::simulated_toml()), std::string_view(kCoilMap)}) {
    SpoiledLine line(map, random);
    for (int i = 0; i < 120; ++i) {
      line.PollUntilGood();
      const auto inputs = line.Spoiled([&] { return line.barrier->Poll(); });
      const bool right = line.Agrees(kReadHead) && line.sent.size() >= kReadHead + line.input_bytes();
      const bool more_came = line.sent.size() > line.right.size();  // the next answer is wrong, then
      ASSERT_TRUE(inputs.has_value() == right || (right && more_came))
          << fmt::format("{:02x}", fmt::join(line.sent, " "));
      if (inputs) {
        BarrierInputs said = line.InputsOf(line.sent.data() + kReadHead);
        said.outputs_kept = inputs->outputs_kept;
        EXPECT_EQ(*inputs, said);
      } else {
        EXPECT_TRUE(inputs.error().Is(kBarrierUnreachable));
      }
      ++(right ? believed : refused);
      line.PollUntilGood();
      const Sent sent = line.Spoiled([&] { return line.barrier->Raise(); });
      EXPECT_EQ(sent == Sent::kYes, line.Agrees(kWriteAnswer))
          << fmt::format("{:02x}", fmt::join(line.sent, " "));
      EXPECT_EQ(sent == Sent::kNo, line.taken) << "the command was sent, and nothing less may be said";
      if (line.taken) line.Connect();
    }
    EXPECT_EQ(line.controller.With([](LaneModel& model) { return model.raise_pulses(); }), 120)
        << "one pulse each, whatever the answer";
  }
  EXPECT_GT(believed, 0);
  EXPECT_GT(refused, believed);
}

// --- register maps ---

TEST(Fuzz, ASpoiledRegisterMapIsRefusedOrAWholeOne) {
  namespace maps = embedded::lane_device;
  SeededRandom random = SeededChance();
  int taken = 0, refused = 0;
  const std::string_view rights[] = {maps::simulated_toml(), maps::moxa_iologik_e1214_toml(),
                                     maps::advantech_adam_6060_toml(), maps::waveshare_relay_8ch_toml(),
                                     kCoilMap};
  for (const std::string_view map : rights) {
    const std::string other = "inputs_from = \"coils\"\n[inputs]\nupper_limit = 999999999999\n";
    for (int i = 0; i < 2000; ++i) {
      std::string text(map);
      for (uint64_t n = 1 + random.Below(3); n > 0; --n) text = Spoil(text, other, random);
      const auto parsed = ParseRegisterMap(text);
      if (!parsed) {
        ++refused;
        ASSERT_TRUE(parsed.error().Is(kRegisterMapInvalid));
        ASSERT_NE(parsed.error().message(), "");
        continue;
      }
      ++taken;
      ASSERT_GE(parsed->bit_count(), 1);
      ASSERT_LE(parsed->bit_count(), 2000);
      ASSERT_GE(parsed->first_bit(), 0);
      ASSERT_TRUE(parsed->fence || parsed->raise != parsed->lower) << text;
      ASSERT_TRUE(parsed->pulse_length >= milliseconds(0) && parsed->pulse_length <= milliseconds(5000));
      (void)parsed->Decode(std::vector<bool>(static_cast<size_t>(parsed->bit_count())));
    }
  }
  EXPECT_GT(taken, 100) << "a spoiled comment is no fault";
  EXPECT_GT(refused, 1000);
}

// --- the journal's file ---

constexpr int kRows = 60;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
void WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string BodyOf(int row) {
  return fmt::format("event {} {}", row, std::string(static_cast<size_t>(row), 'x'));
}

// What a program finds in a journal file: how many rows of the chain stand, or the reason why none is
// believed.
Result<int64_t> Find(const std::filesystem::path& file) {
  const auto database = BG_TRY(Database::Open(file.string(), embedded::lane_store::migrations()));
  const auto journal = BG_TRY(SqliteJournal::Open(*database));
  const int64_t count = BG_TRY(journal->Verify());
  const auto events = BG_TRY(journal->ReadAfter(0, 2 * kRows));
  EXPECT_EQ(static_cast<int64_t>(events.size()), count);
  for (const StoredEvent& event : events) {
    EXPECT_EQ(event.body, BodyOf(static_cast<int>(event.sequence))) << "an altered row was believed";
    EXPECT_EQ(event.kind, "lane.mode_changed");
  }
  return count;
}

// The file, and the log beside it as a process that was killed leaves it.
struct JournalBytes {
  std::string file, log;
};

// Half of the rows in the file, the others in the log.
JournalBytes NewJournal(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "new.sqlite";
  JournalBytes bytes;
  for (const int last : {kRows / 2, kRows}) {
    const auto database = std::move(*Database::Open(file.string(), embedded::lane_store::migrations()));
    const auto journal = std::move(*SqliteJournal::Open(*database));
    for (int i = last - kRows / 2 + 1; i <= last; ++i) {
      Record record;
      record.events.push_back(
          {"lane.mode_changed", "huu-nghi-x1", "service:lane", "", Instant{}, BodyOf(i), "{}"});
      EXPECT_TRUE(journal->Append(record));
    }
    bytes = {ReadFile(file), ReadFile(file.string() + "-wal")};
  }
  return bytes;
}

TEST(Fuzz, ASpoiledJournalFileIsNamedAndNoAlteredRowIsBelieved) {
  SeededRandom random = SeededChance();
  const TemporaryFolder folder;
  const JournalBytes right = NewJournal(folder.path());
  ASSERT_GT(right.log.size(), 0u);
  const std::filesystem::path file = folder.path() / "spoiled.sqlite";
  int whole = 0, shorter = 0, named = 0;
  for (int i = 0; i < 250; ++i) {
    JournalBytes bytes = right;
    if (random.Below(2) == 0)
      bytes.log.clear();  // as after an orderly end: everything believed is in the file
    std::string& victim = !bytes.log.empty() ? bytes.log : bytes.file;
    const std::string zeros(4096, '\0');
    if (random.Below(4) == 0) {  // a page that never reached the disk
      victim.replace(random.Below(victim.size() / 4096) * 4096, 4096, zeros);
    } else {
      for (uint64_t n = 1 + random.Below(8); n > 0; --n) victim = Spoil(victim, victim, random);
    }
    for (const char* rest : {"-wal", "-shm", ".lock"}) std::filesystem::remove(file.string() + rest);
    WriteFile(file, bytes.file);
    WriteFile(file.string() + "-wal", bytes.log);
    const Result<int64_t> found = Find(file);
    if (!found) {
      ++named;
      EXPECT_TRUE(found.error().Is(kJournalBroken) || found.error().Is(kJournalUnavailable))
          << found.error().reason();
      EXPECT_NE(found.error().message(), "");
    } else {
      ++(*found == kRows ? whole : shorter);
    }
  }
  EXPECT_GT(named, 20);
  RecordProperty("whole", whole);
  RecordProperty("shorter", shorter);  // the end of the log was lost; whoever has received the events knows
  RecordProperty("named", named);
}

}  // namespace
}  // namespace bordergate::lane
