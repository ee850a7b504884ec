// customs, fee, yard and vehicle as the lane sees them: real gRPC servers with mTLS that serve Watch and
// refuse the rest.
#pragma once

#include <memory>
#include <string>

#include "libs/testing/test_pki.h"
#include "services/lane/peers/feeds.h"
#include "services/lane/testing/memory_events.h"

namespace bordergate::lane {

class PeerServices {
 public:
  explicit PeerServices(const TestPki& pki);
  ~PeerServices();
  PeerServices(const PeerServices&) = delete;
  PeerServices& operator=(const PeerServices&) = delete;

  PeerAddresses addresses() const;

  // A cleared, paid and called trip for this plate at a gate.
  void Expect(const std::string& trip_id, const std::string& plate, const std::string& gate_id,
              const std::string& container_number = "");
  void Declare(const std::string& trip_id, const std::string& plate, const std::string& gate_id, bool cleared,
               bool empty = false, const std::string& container_number = "");
  // A registered vehicle weighs so much without a load.
  void Register(const std::string& plate, int tare_kg, const std::string& tag_id = "");
  void Settle(const std::string& trip_id);
  void Call(const std::string& trip_id, const std::string& gate_id);
  void StopAtSight(const std::string& entry_id, const std::string& plate);

  // A cut: the servers end, and come back on the same ports.
  void Stop();
  void Start();

  MemoryEvents customs, fee, yard, vehicle;

 private:
  struct Servers;
  const TestPki& pki_;
  PeerAddresses addresses_;
  std::unique_ptr<Servers> servers_;
};

}  // namespace bordergate::lane
