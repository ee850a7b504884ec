// Who may send events: a camera or a reader of transponders, by its name, its key and its address.
//
// Three ways to prove the key, since makers differ: HTTP Digest (RFC 7616 with MD5, the one all cameras know;
// a nonce is ours, lives 5 minutes and counts up, so that a message taken from the wire cannot be sent
// again), HTTP Basic, and the key at the end of the path for cameras that cannot sign in at all or do it
// wrongly. Basic and the path show the key to whoever can listen: for these the listener has TLS. Source:
// fault E13 of the fault catalogue, decision 0030.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "libs/core/clock.h"
#include "services/camera/device/pushed_event.h"
#include "services/camera/device/tag_report.h"

namespace bordergate::camera {

enum class PushAuthentication { kDigest, kBasic, kPath };

// One camera that may send.
struct PushCamera {
  std::string camera_id;  // also its user name
  std::string address;    // the only one it may send from
  PushFormat format = PushFormat::kHikvision;
  PushAuthentication authentication = PushAuthentication::kDigest;
  std::string key;  // 12 to 64 characters; of the alphabet of IsPushKey
  int utc_offset_minutes = 420;
};

// One reader of transponders that may send; never by digest.
struct PushTagReader {
  std::string tag_reader_id;  // also its user name
  std::string address;        // the only one it may send from
  TagFormat format = TagFormat::kImpinj;
  PushAuthentication authentication = PushAuthentication::kBasic;
  std::string key;  // as a camera's
};

// 12 to 64 of A to Z, a to z, 0 to 9, ".", "_", "~", "-": fits into a path and into every maker's page.
bool IsPushKey(std::string_view text);

// "Basic dXNlcjprZXk=".
bool IsBasicOf(std::string_view authorization, std::string_view user, std::string_view key);

// The nonces of one listener. Safe for use by several threads.
class DigestCheck {
 public:
  explicit DigestCheck(const Clock& clock) : clock_(clock) {}

  // Value of WWW-Authenticate, with a nonce of its own.
  //   stale   the key was right and only the nonce too old: the camera asks again by itself
  std::string Challenge(bool stale);

  enum class Verdict { kGood, kStale, kWrong };
  // A repeat of the same header is kStale.
  //   target   of the request, as sent
  Verdict Check(std::string_view authorization, std::string_view method, std::string_view target,
                std::string_view user, std::string_view key);

 private:
  struct Nonce {
    SteadyInstant until{};
    uint64_t count = 0;  // the largest that was used
  };
  // Whether this nonce is ours and the count was not used with it before.
  bool Use(const std::string& nonce, uint64_t count);

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Nonce> nonces_;
};

}  // namespace bordergate::camera
