// The stream of reads and signs of life to the lane service. Reconnects by itself; a read that was not
// answered is sent again as long as it can still matter.
#pragma once

#include <deque>
#include <functional>
#include <thread>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/stop_flag.h"
#include "libs/rpc/channel.h"
#include "libs/telemetry/telemetry.h"
#include "services/camera/domain/cameras.h"
#include "services/camera/domain/tag_readers.h"

namespace bordergate::camera {

class LaneLink {
 public:
  using Read = lane::v1::ReportReadsRequest;  // with a plate, a slip, a container or a tag

  //   cameras, tag_readers   asked every second for the signs of life
  LaneLink(const std::string& address, const TlsConfig& tls, const Cameras& cameras,
           const TagReaders& tag_readers, Telemetry& telemetry, const Clock& clock);
  ~LaneLink();
  LaneLink(const LaneLink&) = delete;
  LaneLink& operator=(const LaneLink&) = delete;

  // Never waits. With the lane away, reads older than 5 s are dropped: the vehicle is judged by fresher ones.
  void Send(Read read);

  bool connected() const { return connected_; }

 private:
  struct Pending {
    Read read;
    SteadyInstant time;
    bool sent = false;
  };
  using Conversation = rpc::ClientConversation<lane::v1::ReportReadsRequest, lane::v1::ReportReadsResponse>;

  void Run();
  // One connection, from its opening to its end.
  Result<void> Talk();
  void ReceiveAnswers(Conversation& conversation);
  void Answered(const lane::v1::ReportReadsResponse& response);
  bool WriteHealth(Conversation& conversation);
  bool WriteTagReaderHealth(Conversation& conversation);
  // Makes room for another read; with the mutex held. A crowd of tags costs no plate its place.
  void DropOne();
  // The next read that was not sent; waits until one comes, a sign of life is due, or the link shall end.
  std::optional<Read> NextRead(SteadyInstant until);

  rpc::Channel channel_;
  const Cameras& cameras_;
  const TagReaders& tag_readers_;
  Telemetry& telemetry_;
  const Clock& clock_;
  Counter dropped_;
  StopFlag stop_;
  std::atomic<bool> connected_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Pending> pending_;
  Conversation* open_ = nullptr;
  bool broken_ = false;
  std::thread thread_;
};

}  // namespace bordergate::camera
