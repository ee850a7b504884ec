#include "services/lane/store/evidence_folder.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr std::string_view kPrefix = "evidence_";

// OpenSSL's SHA-256 uses the processor's own instructions: 60 us for 100 kB, where libsodium takes 300; it is
// on the way from read to pulse.
std::string DigestOf(std::string_view bytes) {
  std::string digest(32, '\0');
  const int done = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                              nullptr, EVP_sha256(), nullptr);
  BG_CHECK(done == 1, "SHA-256 is part of every OpenSSL");
  return digest;
}

Instant ToInstant(std::filesystem::file_time_type time) {
  return std::chrono::time_point_cast<Instant::duration>(std::chrono::file_clock::to_sys(time));
}

}  // namespace

Result<std::unique_ptr<EvidenceFolder>> EvidenceFolder::Open(const std::filesystem::path& folder,
                                                             const EvidenceRules& rules, const Log& log) {
  std::unique_ptr<EvidenceFolder> evidence(new EvidenceFolder(folder, rules, log));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return Error(kJournalUnavailable, fmt::format("cannot make {}: {}", folder.string(), error.message()));
  }
  std::vector<Picture> found;
  for (auto it = std::filesystem::recursive_directory_iterator(folder, error);
       !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
    std::error_code unreadable;
    if (!it->is_regular_file(unreadable)) continue;
    found.push_back({it->path(), it->file_size(unreadable), ToInstant(it->last_write_time(unreadable))});
  }
  if (error) {
    return Error(kJournalUnavailable, fmt::format("cannot read {}: {}", folder.string(), error.message()));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  for (Picture& picture : found) {
    evidence->bytes_ += picture.size;
    evidence->pictures_.push_back(std::move(picture));
  }
  evidence->MakeRoom();
  return evidence;
}

std::string EvidenceFolder::NameOf(std::string_view picture) const {
  return std::string(kPrefix) + Hex(DigestOf(picture));
}

// Two levels, so that no folder holds more than some thousand files.
std::filesystem::path EvidenceFolder::PathOf(const std::string& evidence_id) const {
  const std::string digest = evidence_id.substr(kPrefix.size());
  return folder_ / digest.substr(0, 2) / (digest + ".jpg");
}

void EvidenceFolder::Keep(const std::string& evidence_id, std::string_view picture) {
  const std::filesystem::path path = PathOf(evidence_id);
  const std::lock_guard lock(mutex_);
  std::error_code error;
  if (std::filesystem::exists(path, error)) return;
  std::filesystem::create_directories(path.parent_path(), error);
  const std::filesystem::path part = path.string() + ".part";
  {
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file.write(picture.data(), static_cast<std::streamsize>(picture.size()));
    if (!file.flush()) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) std::filesystem::rename(part, path, error);
  if (error) {
    std::filesystem::remove(part, error);
    log_.Warning("evidence.not_kept", "a picture could not be written", {{"evidence_id", evidence_id}});
    return;
  }
  pictures_.push_back({path, picture.size(), ToInstant(std::filesystem::last_write_time(path, error))});
  bytes_ += picture.size();
  MakeRoom();
}

void EvidenceFolder::MakeRoom() {
  while (bytes_ > rules_.bytes_max && !pictures_.empty()) {
    DropOldest();
    ++dropped_for_room_;
  }
}

void EvidenceFolder::DropOldest() {
  std::error_code error;
  std::filesystem::remove(pictures_.front().path, error);
  bytes_ -= pictures_.front().size;
  pictures_.pop_front();
}

void EvidenceFolder::DropOld(Instant now) {
  const std::lock_guard lock(mutex_);
  while (!pictures_.empty() && now - pictures_.front().time > rules_.age_max) {
    DropOldest();
    ++dropped_for_age_;
  }
}

EvidenceState EvidenceFolder::state() const {
  const std::lock_guard lock(mutex_);
  EvidenceState state{.bytes = bytes_,
                      .count = pictures_.size(),
                      .dropped_for_age = dropped_for_age_,
                      .dropped_for_room = dropped_for_room_};
  if (!pictures_.empty()) state.oldest_time = pictures_.front().time;
  return state;
}

Result<std::string> EvidenceFolder::Read(const std::string& evidence_id) const {
  const bool named_well =
      evidence_id.size() == kPrefix.size() + 64 && evidence_id.starts_with(kPrefix) &&
      evidence_id.find_first_not_of("0123456789abcdef", kPrefix.size()) == std::string::npos;
  if (!named_well) return Error(kEvidenceNotFound, "there is no such picture");
  std::ifstream file(PathOf(evidence_id), std::ios::binary);
  if (!file) return Error(kEvidenceNotFound, "there is no such picture, or retention has removed it");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::string picture = std::move(bytes).str();
  if (NameOf(picture) != evidence_id)
    return Error(kEvidenceNotFound, "the picture was altered and is not shown");
  return picture;
}

}  // namespace bordergate::lane
