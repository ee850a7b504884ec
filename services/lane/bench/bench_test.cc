// Goal: what a person types is understood from any keyboard, every text is there in three languages, a record
// comes back as it was written, and the sheet says in each language what the record says. Method: the sheet
// is read by pdftotext, which shares no code with what painted it.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "embedded/lane_bench_parts.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/bench/acceptance_sheet.h"
#include "services/lane/bench/bench_reasons.h"
#include "services/lane/bench/bench_session.h"

namespace bordergate::lane {
namespace {

const BenchTexts& Texts() {
  static const BenchTexts texts(embedded::lane_bench_parts::texts_toml());
  return texts;
}

std::set<std::string> PlacesOf(const std::string& text) {
  std::set<std::string> places;
  for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    places.insert(text.substr(at, text.find('}', at) - at + 1));
  }
  return places;
}

BenchRecord SomeRecord() {
  BenchRecord record;
  record.gate_id = "huu-nghi";
  record.gate_title = "Hữu Nghị";
  record.lane_id = "huu-nghi-x1";
  record.lane_title = "X1";
  record.utc_offset_minutes = 420;
  record.address = "10.0.0.5:502, unit 1";
  record.map_name = "simulated";
  record.map_digest = std::string(64, 'a');
  record.person = "Nguyễn Văn Điện";
  record.begun = *ParseInstant("2026-11-22T01:00:00Z");
  record.ended = *ParseInstant("2026-11-22T02:00:00Z");
  record.fence = {0xABC00000007, true, 0};
  record.results[BenchStep::kLink] = {
      {BenchOutcome::kPassed, "PASSED", {{"asked", "60"}, {"median_ms", "1.4"}, {"slowest_ms", "3.0"}}},
      record.begun,
      1};
  record.results[BenchStep::kArmingLoop] = {
      {BenchOutcome::kFailed, "INPUT_SWAPPED", {{"expected", "arming_loop"}, {"seen", "exit_loop"}}},
      record.begun,
      2};
  record.results[BenchStep::kStop] = {
      {BenchOutcome::kSkipped, "SKIPPED", {{"reason", "chưa lắp nút"}}}, record.begun, 1};
  return record;
}

// What an independent reader finds in the file; nothing when that reader is not installed.
std::optional<std::string> ReadPdf(const std::string& file) {
  if (std::system("command -v pdftotext >/dev/null") != 0) return std::nullopt;
  FILE* pipe = popen(("pdftotext -layout '" + file + "' -").c_str(), "r");
  std::string text;
  std::array<char, 4096> bytes{};
  for (size_t count = 0; (count = fread(bytes.data(), 1, bytes.size(), pipe)) > 0;)
    text.append(bytes.data(), count);
  EXPECT_EQ(pclose(pipe), 0);
  return text;
}

TEST(BenchWords, AreUnderstoodFromAnyKeyboard) {
  EXPECT_EQ(ParseBenchLine(" NÂNG ").word, BenchWord::kRaise);
  EXPECT_EQ(ParseBenchLine("nang").word, BenchWord::kRaise);
  EXPECT_EQ(ParseBenchLine("Raise").word, BenchWord::kRaise);
  EXPECT_EQ(ParseBenchLine("đỏ").word, BenchWord::kRed);
  EXPECT_EQ(ParseBenchLine("Cả hai").word, BenchWord::kBoth);
  EXPECT_EQ(ParseBenchLine("降下").word, BenchWord::kLower);
  EXPECT_EQ(ParseBenchLine("").word, BenchWord::kEnter);
}

TEST(BenchWords, MoveTheArmOnlyAsAWholeLine) {
  for (const char* line : {"raise it", "nang ha", "r", "yes", "y", "raised"}) {
    EXPECT_EQ(ParseBenchLine(line).word, BenchWord::kOther) << line;
  }
}

TEST(BenchWords, KeepTheReasonOfASkipAsItWasTyped) {
  const BenchLine line = ParseBenchLine("Bỏ qua chưa có Nút");
  EXPECT_EQ(line.word, BenchWord::kSkip);
  EXPECT_EQ(line.rest, "chưa có Nút");
  EXPECT_EQ(ParseBenchLine("skip no button").rest, "no button");
  EXPECT_EQ(ParseBenchLine("skip").rest, "");
}

TEST(BenchTexts, AreThereInThreeLanguagesWithTheSamePlaces) {
  for (const std::string& code : Texts().codes()) {
    const auto places = PlacesOf(Texts().Say(Language::kVi, code));
    for (const Language language : kLanguages) {
      EXPECT_EQ(PlacesOf(Texts().Say(language, code)), places) << code;
      EXPECT_EQ(Texts().Say(language, code).empty(), code == "PASSED") << code;
    }
  }
}

TEST(BenchTexts, HaveEveryStepAndEveryFinding) {
  for (const char* code : bench::kCodes) (void)Texts().Say(Language::kVi, code);
  for (const BenchStep step : AllBenchSteps())
    (void)Texts().Say(Language::kVi, "step." + std::string(NameOf(step)));
  EXPECT_EQ(Texts().Say(Language::kEn, "INPUT_SILENT", {{"expected", "exit_loop"}}).substr(0, 38),
            "Nothing seen: exit loop (behind the ar");
}

TEST(BenchRecord, ComesBackAsItWasWritten) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "x1.json").string();
  ASSERT_TRUE(WriteBenchRecord(SomeRecord(), file));
  const auto read = ReadBenchRecord(file);
  ASSERT_TRUE(read && *read);
  EXPECT_EQ(ToJson(**read), ToJson(SomeRecord()));
  EXPECT_EQ((*read)->fence->before, 0xABC00000007u);
  EXPECT_FALSE((*read)->accepted());
}

TEST(BenchRecord, RefusesAFileThatIsNone) {
  const TemporaryFolder folder;
  EXPECT_FALSE(ReadBenchRecord((folder.path() / "none.json").string()).value());
  const std::string file = (folder.path() / "other.json").string();
  for (const char* text : {"", "[]", "{}", R"({"format": "bordergate-lane-bench/1", "lane_id": 7})"}) {
    std::ofstream(file) << text;
    const auto read = ReadBenchRecord(file);
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(read.error().Is(kBenchRecordInvalid));
  }
}

TEST(AcceptanceSheet, SaysWhatTheRecordSaysInEachLanguage) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "x1.pdf").string();
  const std::pair<Language, std::vector<std::string>> expected[] = {
      {Language::kVi,
       {"BIÊN BẢN NGHIỆM THU LÀN", "CHƯA NGHIỆM THU", "Nguyễn Văn Điện", "vòng từ", "chưa lắp nút",
        "22/11/2026"}},
      {Language::kEn,
       {"LANE ACCEPTANCE SHEET", "NOT ACCEPTED", "FAILED", "SKIPPED", "NOT DONE", "median 1.4 ms"}},
      {Language::kZh, {"车道验收单", "未验收", "不合格", "跳过", "线圈"}}};
  for (const auto& [language, words] : expected) {
    const auto painted = PaintAcceptanceSheet(SomeRecord(), Texts(), language, file);
    ASSERT_TRUE(painted) << painted.error().message();
    const auto text = ReadPdf(file);
    if (!text) GTEST_SKIP() << "pdftotext is not installed (poppler-utils)";
    for (const std::string& word : words)
      EXPECT_NE(text->find(word), std::string::npos) << word << "\n" << *text;
  }
}

TEST(AcceptanceSheet, SaysThatItCannotBeWritten) {
  const auto painted = PaintAcceptanceSheet(SomeRecord(), Texts(), Language::kVi, "/proc/none/x.pdf");
  ASSERT_FALSE(painted);
  EXPECT_TRUE(painted.error().Is(kBenchSheetUnwritable));
}

}  // namespace
}  // namespace bordergate::lane
