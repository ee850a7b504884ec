// Follows the events of customs, fee, yard and vehicle and turns them into facts of the admission table.
#pragma once

#include <memory>
#include <string>

#include "libs/config/common_config.h"
#include "libs/telemetry/telemetry.h"
#include "services/lane/domain/admission_book.h"

namespace bordergate::lane {

struct PeerAddresses {
  std::string customs, fee, yard, vehicle;  // "host:port"
};

// Four streams on four threads, from construction until destruction.
class Feeds {
 public:
  Feeds(const PeerAddresses& peers, const TlsConfig& tls, AdmissionFeed& feed, Telemetry& telemetry,
        const Clock& clock);
  ~Feeds();
  Feeds(const Feeds&) = delete;
  Feeds& operator=(const Feeds&) = delete;

 private:
  struct Streams;
  std::unique_ptr<Streams> streams_;
};

}  // namespace bordergate::lane
