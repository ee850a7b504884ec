// Goal: the ground truth outlives the program, also one that was killed in the middle of a line. Method:
// write, cut, read.
#include "services/simulator/store/truth_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/temporary_folder.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

TruthRecord Record(int64_t sequence) {
  TruthRecord record;
  record.sequence = sequence;
  record.time = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::milliseconds(250);
  record.lane_id = "huu-nghi-x1";
  record.event = "truck.passed";
  record.truck_id = "truck_1";
  record.plate = "桂F1234挂";
  record.purpose = "declared";
  record.trip_id = "trip_1";
  record.trailer_plate = "12R00123";
  record.container_number = "CSQU3054383";
  record.tag_id = "E2801160600002054A8B1C2D";
  return record;
}

TEST(TruthFile, GivesBackWhatWasWritten) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "truth.jsonl";
  {
    auto file = TruthFile::Open(path);
    ASSERT_TRUE(file.has_value());
    EXPECT_TRUE(file->earlier().empty());
    EXPECT_TRUE(file->Append(Record(1)).has_value());
    EXPECT_TRUE(file->Append(Record(2)).has_value());
  }
  const auto again = TruthFile::Open(path);
  ASSERT_EQ(again->earlier().size(), 2u);
  const TruthRecord& record = again->earlier()[1];
  EXPECT_EQ(record.sequence, 2);
  EXPECT_EQ(record.time, Record(2).time);
  EXPECT_EQ(record.plate, "桂F1234挂");
  EXPECT_EQ(record.purpose, "declared");
  EXPECT_EQ(record.trip_id, "trip_1");
  EXPECT_EQ(record.trailer_plate, "12R00123");
  EXPECT_EQ(record.container_number, "CSQU3054383");
  EXPECT_EQ(record.tag_id, "E2801160600002054A8B1C2D");
}

TEST(TruthFile, LeavesOutALineThatWasCutShortAndGoesOnBehindIt) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "truth.jsonl";
  EXPECT_TRUE(TruthFile::Open(path)->Append(Record(1)).has_value());
  std::ofstream(path, std::ios::app) << R"({"sequence": 2, "lane_i)";
  {
    auto file = TruthFile::Open(path);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->earlier().size(), 1u);
    EXPECT_TRUE(file->Append(Record(2)).has_value());
  }
  const auto again = TruthFile::Open(path);
  ASSERT_TRUE(again.has_value()) << again.error().message();
  EXPECT_EQ(again->earlier().size(), 2u);
}

TEST(TruthFile, RefusesAFileThatCannotBeWritten) {
  EXPECT_TRUE(TruthFile::Open("/no/such/folder/truth.jsonl").error().Is(kTruthUnwritable));
}

TEST(TruthFile, KeepsNothingWithoutAPath) {
  auto file = TruthFile::Open("");
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->Append(Record(1)).has_value());
}

}  // namespace
}  // namespace bordergate::simulator
