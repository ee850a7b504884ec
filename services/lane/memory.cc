#include "services/lane/memory.h"

#include <filesystem>
#include <iostream>

#include "embedded/lane_admission.h"
#include "embedded/lane_store.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/chain.h"

namespace bordergate::lane {
namespace {

constexpr seconds kGaugeInterval{10};
constexpr std::chrono::minutes kTidyInterval{30};

Result<void> MakeFolder(const LaneConfig& config) {
  std::error_code error;
  std::filesystem::create_directories(config.store_folder, error);
  if (error) return Error(kJournalUnavailable, "cannot make " + config.store_folder + ": " + error.message());
  return {};
}

Result<std::unique_ptr<Database>> OpenAdmissionFile(const LaneConfig& config) {
  BG_TRY(MakeFolder(config));
  return Database::Open((std::filesystem::path(config.store_folder) / "admission.sqlite").string(),
                        embedded::lane_admission::migrations(), Checkpoints::kByTheWriter);
}

Result<std::unique_ptr<Database>> OpenJournalFile(const LaneConfig& config) {
  BG_TRY(MakeFolder(config));
  return Database::Open(JournalFile(config), embedded::lane_store::migrations());
}

}  // namespace

std::string JournalFile(const LaneConfig& config) {
  return (std::filesystem::path(config.store_folder) / "lane.sqlite").string();
}

Result<std::unique_ptr<Memory>> Memory::Open(const LaneConfig& config, Telemetry& telemetry,
                                             const Clock& clock) {
  std::unique_ptr<Memory> memory(new Memory(config, telemetry, clock));
  BG_TRY(MakeFolder(config));
  memory->admission_database_ = BG_TRY(OpenAdmissionFile(config));
  memory->evidence_ =
      BG_TRY(EvidenceFolder::Open(std::filesystem::path(config.store_folder) / "evidence",
                                  EvidenceRules{.bytes_max = static_cast<uint64_t>(config.evidence_bytes_max),
                                                .age_max = config.evidence_age_max},
                                  telemetry.log));
  memory->admission_ = std::make_unique<AdmissionStore>(*memory->admission_database_);
  BG_TRY(memory->admission_->Load());
  return memory;
}

Result<void> Memory::OpenJournal(const EventBodies& bodies, std::unique_ptr<Database> database) {
  journal_database_ = database ? std::move(database) : BG_TRY(OpenJournalFile(config_));
  journal_ = BG_TRY(SqliteJournal::Open(*journal_database_));
  BG_TRY(admission_->LoadPassed(*journal_database_, clock_.Now() - config_.done_retention));
  rules_ = std::make_unique<SqliteRules>(*journal_, bodies, clock_);
  return {};
}

Memory::~Memory() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (tidier_.joinable()) tidier_.join();
}

void Memory::StartTidying() {
  tidier_ = std::thread([this] { TidyLoop(); });
}

void Memory::TidyLoop() {
  const Gauge trips = telemetry_.metrics.NewGauge("admission_trips", "Trips in the admission table");
  const Gauge watched = telemetry_.metrics.NewGauge("watch_list_entries", "Plates on the watch list");
  const Gauge pictures = telemetry_.metrics.NewGauge("evidence_pictures", "Evidence pictures that are kept");
  const Gauge bytes = telemetry_.metrics.NewGauge("evidence_bytes", "Their size");
  int64_t told_for_room = 0;
  SteadyInstant tidy_at = clock_.SteadyNow();
  std::unique_lock lock(mutex_);
  do {
    trips.Set(static_cast<double>(admission_->trip_count()));
    watched.Set(static_cast<double>(admission_->watch_count()));
    const EvidenceState evidence = evidence_->state();
    pictures.Set(static_cast<double>(evidence.count));
    bytes.Set(static_cast<double>(evidence.bytes));
    if (clock_.SteadyNow() < tidy_at) continue;
    tidy_at = clock_.SteadyNow() + kTidyInterval;
    Result<void> tidied = admission_->Prune(clock_.Now() - config_.done_retention);
    if (tidied) tidied = journal_->PruneAnswers(clock_.Now() - config_.answer_retention);
    evidence_->DropOld(clock_.Now());
    if (evidence.dropped_for_room > told_for_room) {
      telemetry_.log.Warning("evidence.too_little_room", "pictures go before the age that they may reach",
                             {{"count", evidence.dropped_for_room - told_for_room}});
      told_for_room = evidence.dropped_for_room;
    }
    if (!tidied) telemetry_.log.Warning("journal.not_tidied", tidied.error().message());
  } while (!changed_.wait_for(lock, kGaugeInterval, [this] { return stopping_; }));
}

Result<void> Memory::CheckWritable() {
  return journal_database_->Change([]() -> Result<void> { return {}; });
}

int RunMigrateCommand(const LaneConfig& config) {
  for (const auto& open : {OpenJournalFile, OpenAdmissionFile}) {
    if (const auto database = open(config); !database) {
      std::cerr << "lane migrate: " << database.error().message() << "\n";
      return 1;
    }
  }
  std::cout << "lane: the files in " << config.store_folder << " are up to date\n";
  return 0;
}

int RunVerifyCommand(const LaneConfig& config) {
  const auto connection = Connection::Open(JournalFile(config), false);
  if (!connection) {
    std::cerr << "lane verify-journal: " << connection.error().message() << "\n";
    return 1;
  }
  const Result<int64_t> rows = VerifyChain(**connection);
  if (!rows) {
    std::cerr << "lane verify-journal: " << rows.error().reason() << ": " << rows.error().message() << "\n";
    return 1;
  }
  std::cout << "lane: " << *rows << " rows, every hash is right\n";
  return 0;
}

}  // namespace bordergate::lane
