// Goal: what was acknowledged is there after any end of the process, once and in order, and no row can be
// changed unseen. Method: real files in a temporary folder; child processes that are killed; rows altered
// behind the program's back.
#include "services/lane/store/sqlite_journal.h"

#include <csignal>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "embedded/lane_store.h"
#include "libs/core/reasons.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/chain.h"

namespace bordergate::lane {
namespace {

const Instant kDay = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);

JournalEvent Event(const std::string& kind, const std::string& body) {
  return {kind, "huu-nghi-x1", "service:lane", "", kDay, body, "{}"};
}

Decision OpenDecision(const std::string& id) {
  Decision decision;
  decision.id = Id<Decision>(id);
  decision.lane_id = "huu-nghi-x1";
  decision.session_id = "session_1";
  decision.verdict.outcome = Outcome::kOpen;
  decision.plate = "29C12345";
  decision.trip_id = "trip_1";
  decision.decide_time = kDay + seconds(1);
  decision.expire_time = kDay + seconds(16);
  return decision;
}

Record Opens(const std::string& id) {
  Record record;
  record.events.push_back(Event("decision.made", id));
  record.opened = Record::Opened{OpenDecision(id), kDay};
  return record;
}

Passage PassageOf(const std::string& id, const std::string& decision_id) {
  Passage passage;
  passage.id = Id<Passage>(id);
  passage.lane_id = "huu-nghi-x1";
  passage.decision_id = Id<Decision>(decision_id);
  passage.trip_id = "trip_1";
  passage.leave_time = kDay + seconds(9);
  return passage;
}

Record Passes(const std::string& id, const std::string& decision_id) {
  Record record;
  record.events.push_back(Event("passage.completed", id));
  record.passage = PassageOf(id, decision_id);
  return record;
}

class JournalFile {
 public:
  JournalFile() : file(folder_.path() / "lane.sqlite") { Open(); }
  void Open() {
    journal.reset();
    database.reset();
    database = std::move(*Database::Open(file, embedded::lane_store::migrations()));
    journal = std::move(*SqliteJournal::Open(*database));
  }
  std::vector<std::string> Kinds() {
    std::vector<std::string> kinds;
    const auto events = journal->ReadAfter(0, 10000);
    for (const StoredEvent& event : *events) kinds.push_back(event.kind);
    return kinds;
  }

 private:
  TemporaryFolder folder_;

 public:
  const std::string file;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqliteJournal> journal;
};

TEST(SqliteJournal, ReturnsEventsInOrderFromASequence) {
  JournalFile f;
  for (int i = 1; i <= 5; ++i) {
    Record record;
    record.events.push_back(Event("lane.mode_changed", "body " + std::to_string(i)));
    ASSERT_TRUE(f.journal->Append(record));
  }
  const auto events = f.journal->ReadAfter(2, 2);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ(events->at(0).sequence, 3);
  EXPECT_EQ(events->at(0).body, "body 3");
  EXPECT_EQ(events->at(1).sequence, 4);
  EXPECT_EQ(events->at(1).time, kDay);
}

TEST(SqliteJournal, FindsAnOpeningThatWasNeitherPassedNorClosed) {
  JournalFile f;
  ASSERT_TRUE(f.journal->Append(Opens("decision_1")));
  f.Open();
  auto start = f.journal->Load("huu-nghi-x1", kDay);
  ASSERT_TRUE(start && start->memory.opening);
  EXPECT_EQ(start->memory.opening->decision.id.value(), "decision_1");
  EXPECT_EQ(start->memory.opening->decision.plate, "29C12345");
  EXPECT_EQ(start->memory.opening->arrive_time, kDay);
  ASSERT_TRUE(f.journal->Append(Passes("passage_1", "decision_1")));
  start = f.journal->Load("huu-nghi-x1", kDay);
  EXPECT_FALSE(start->memory.opening);
  EXPECT_EQ(start->passages_today, 1);
}

TEST(SqliteJournal, KeepsAPassageOnceHoweverOftenItIsTold) {
  JournalFile f;
  ASSERT_TRUE(f.journal->Append(Opens("decision_1")));
  ASSERT_TRUE(f.journal->Append(Passes("passage_1", "decision_1")));
  ASSERT_TRUE(f.journal->Append(Passes("passage_1", "decision_1")));
  ASSERT_TRUE(f.journal->Append(Passes("passage_2", "decision_1"))) << "a decision is used once";
  EXPECT_EQ(f.Kinds(), (std::vector<std::string>{"decision.made", "passage.completed"}));
  EXPECT_EQ(*f.journal->Verify(), 2);
}

TEST(SqliteJournal, GivesARepeatedRequestItsFirstAnswer) {
  JournalFile f;
  Record record = Opens("decision_1");
  const RequestKey key{"person_1", "OpenBarrier", "request-1", std::string(32, 'd')};
  record.answer = KeptAnswer{key, "answer", kDay};
  ASSERT_TRUE(f.journal->Append(record));
  EXPECT_EQ(*f.journal->FindAnswer(key), "answer");
  const auto reused = f.journal->FindAnswer({"person_1", "OpenBarrier", "request-1", std::string(32, 'e')});
  ASSERT_FALSE(reused);
  EXPECT_TRUE(reused.error().Is(kRequestIdReused));
  EXPECT_EQ(*f.journal->FindAnswer({"person_2", "OpenBarrier", "request-1", std::string(32, 'd')}),
            std::nullopt);
}

TEST(SqliteJournal, ForgetsTheAnswerOfAnOpeningOfWhichNothingWasSent) {
  JournalFile f;
  Record record = Opens("decision_1");
  const RequestKey key{"person_1", "OpenBarrier", "request-1", "d"};
  record.answer = KeptAnswer{key, "answer", kDay};
  ASSERT_TRUE(f.journal->Append(record));
  Record closed;
  closed.closed = CloseOpening{Id<Decision>("decision_1"), "trip_1", OpeningEnd::kNotSent};
  ASSERT_TRUE(f.journal->Append(closed));
  EXPECT_EQ(*f.journal->FindAnswer(key), std::nullopt);
  EXPECT_FALSE(f.journal->Load("huu-nghi-x1", kDay)->memory.opening);
}

TEST(SqliteJournal, KeepsRulesAndModes) {
  JournalFile f;
  for (int version = 1; version <= 2; ++version) {
    Record record;
    record.rule = CheckpointRule{"huu-nghi-export", version, true, false, true, 0.9, "person_1", "why", kDay};
    ASSERT_TRUE(f.journal->Append(record));
  }
  Record mode;
  mode.mode = RequestedMode{"huu-nghi-x1", Mode::kClosed, "person_1", "works"};
  ASSERT_TRUE(f.journal->Append(mode));
  const auto rules = f.journal->LoadRules();
  ASSERT_EQ(rules->size(), 1u);
  EXPECT_EQ(rules->at(0).version, 2);
  EXPECT_FALSE(rules->at(0).fee_required);
  EXPECT_EQ(f.journal->Load("huu-nghi-x1", kDay)->requested.mode, Mode::kClosed);
  EXPECT_EQ(f.journal->Load("huu-nghi-x2", kDay)->requested.mode, Mode::kAuto);
}

TEST(SqliteJournal, SharesCommitsOfManyThreadsWithoutGaps) {
  JournalFile f;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        Record record;
        record.events.push_back(Event("lane.mode_changed", fmt::format("{} {}", t, i)));
        ASSERT_TRUE(f.journal->Append(record));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(*f.journal->Verify(), 800);
  std::map<std::string, int> last;
  const auto events = f.journal->ReadAfter(0, 10000);
  for (const StoredEvent& event : *events) {
    const std::string thread = event.body.substr(0, event.body.find(' '));
    const int number = std::stoi(event.body.substr(event.body.find(' ')));
    EXPECT_EQ(number, last.contains(thread) ? last[thread] + 1 : 0) << "each thread's own order is kept";
    last[thread] = number;
  }
}

TEST(SqliteJournal, UndoesOnlyTheWorkThatFails) {
  JournalFile f;
  Record twice = Opens("decision_1");
  twice.answer = KeptAnswer{{"person_1", "m", "request-1", "d"}, "a", kDay};
  ASSERT_TRUE(f.journal->Append(twice));
  std::atomic<int> kept = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        Record record;
        record.events.push_back(Event("lane.mode_changed", "x"));
        if (t % 2 == 0) record.answer = twice.answer;  // its key is there already
        ++(f.journal->Append(record) ? kept : refused);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(kept, 80);
  EXPECT_EQ(refused, 80);
  EXPECT_EQ(*f.journal->Verify(), 81);
}

TEST(SqliteJournal, FindsARowThatWasAlteredDroppedOrMoved) {  // H15
  const auto tamper = [](const char* sql) -> std::string {
    JournalFile f;
    for (int i = 1; i <= 9; ++i) {
      Record record;
      record.events.push_back(Event("lane.mode_changed", std::to_string(i)));
      EXPECT_TRUE(f.journal->Append(record));
    }
    EXPECT_TRUE(f.journal->Verify());
    EXPECT_TRUE(f.database->Change([&] { return f.database->writer().Execute(sql); }));
    const auto verified = f.journal->Verify();
    return verified ? "unseen" : verified.error().reason() + " " + verified.error().message();
  };
  EXPECT_EQ(tamper("UPDATE journal SET body=x'00' WHERE sequence=5"), "JOURNAL_BROKEN row 5 was altered");
  EXPECT_EQ(tamper("UPDATE journal SET time_us=1 WHERE sequence=9"), "JOURNAL_BROKEN row 9 was altered");
  EXPECT_EQ(tamper("UPDATE journal SET basis='{}x' WHERE sequence=1"), "JOURNAL_BROKEN row 1 was altered");
  EXPECT_EQ(tamper("DELETE FROM journal WHERE sequence=4"), "JOURNAL_BROKEN row 4 is missing");
  EXPECT_EQ(tamper("UPDATE journal SET hash=(SELECT hash FROM journal WHERE sequence=2) WHERE sequence=3"),
            "JOURNAL_BROKEN row 3 was altered");
}

TEST(SqliteJournal, WakesWatchersOnlyWhenToldTo) {
  JournalFile f;
  EXPECT_EQ(f.journal->WaitBeyond(0, milliseconds(1)), 0);
  Record record;
  record.events.push_back(Event("lane.mode_changed", "x"));
  std::thread watcher([&] { EXPECT_EQ(f.journal->WaitBeyond(0, seconds(60)), 1); });
  ASSERT_TRUE(f.journal->Append(record));
  f.journal->Announce();
  watcher.join();
}

TEST(SqliteJournal, RefusesASecondProcess) {
  JournalFile f;
  const auto second = Database::Open(f.file, embedded::lane_store::migrations());
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().Is(kJournalUnavailable));
}

TEST(SqliteJournal, RefusesAFileOfANewerProgram) {
  JournalFile f;
  ASSERT_TRUE(f.database->writer().Execute("PRAGMA user_version=99"));
  f.journal.reset();
  f.database.reset();
  const auto opened = Database::Open(f.file, embedded::lane_store::migrations());
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().Is(kJournalUnavailable));
}

TEST(SqliteJournal, SaysNoWhenTheDiskIsFullAndGoesOnWhenThereIsRoom) {
  JournalFile f;
  ASSERT_TRUE(f.journal->Append(Opens("decision_1")));
  ASSERT_TRUE(f.database->writer().Execute("PRAGMA max_page_count=40"));
  Record big;
  big.events.push_back(Event("lane.mode_changed", std::string(1 << 20, 'x')));
  const auto full = f.journal->Append(big);
  ASSERT_FALSE(full);
  EXPECT_TRUE(full.error().Is(kJournalUnavailable));
  ASSERT_TRUE(f.database->writer().Execute("PRAGMA max_page_count=1000000"));
  ASSERT_TRUE(f.journal->Append(big));
  EXPECT_EQ(*f.journal->Verify(), 2);
}

// The child appends and tells each success through a pipe until it is killed.
TEST(SqliteJournal, KeepsEverythingAcknowledgedWhenTheProcessIsKilled) {
  TemporaryFolder folder;
  const std::string file = folder.path() / "lane.sqlite";
  int64_t acknowledged = 0;
  for (int round = 0; round < 5; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      auto database = std::move(*Database::Open(file, embedded::lane_store::migrations()));
      auto journal = std::move(*SqliteJournal::Open(*database));
      for (int i = 0;; ++i) {
        Record record;
        record.events.push_back(Event("lane.mode_changed", std::string(1000, 'x')));
        if (!journal->Append(record) || write(pipe_ends[1], "a", 1) != 1) _exit(1);
      }
    }
    close(pipe_ends[1]);
    char byte = 0;
    for (int i = 0; i < 100 + round * 37; ++i) {
      ASSERT_EQ(read(pipe_ends[0], &byte, 1), 1);
      ++acknowledged;
    }
    kill(child, SIGKILL);
    while (read(pipe_ends[0], &byte, 1) == 1) ++acknowledged;  // told before the end
    waitpid(child, nullptr, 0);
    close(pipe_ends[0]);
    auto database = std::move(*Database::Open(file, embedded::lane_store::migrations()));
    auto journal = std::move(*SqliteJournal::Open(*database));
    const auto count = journal->Verify();
    ASSERT_TRUE(count) << count.error().message();
    EXPECT_GE(*count, acknowledged);
    EXPECT_LE(*count, acknowledged + 1) << "at most the one under way";
    acknowledged = *count;
  }
}

}  // namespace
}  // namespace bordergate::lane
