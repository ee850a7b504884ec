// Where cameras that read plates themselves and readers of transponders send their events.
//
//   POST /push/<id>[/anything]         digest (cameras) or basic; the user name is the id
//   POST /push/<id>/<key>[/anything]   for those that cannot sign in
//
// Answers: 200 when the event was taken (also one that was taken before), 400 PUSH_UNREADABLE,
// 401 with a challenge, 403 for another address, an unknown id or a key that is wrong in a path,
// 404 for another path, 405, 408, 413, 415 PUSH_UNSUPPORTED, 429 for more than 10 messages a second.
// Nothing of a message that is not answered with 200 is used. An address that nobody has is told so before
// its body is read.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "libs/core/result.h"
#include "libs/http/server.h"
#include "libs/telemetry/telemetry.h"
#include "services/camera/device/push_credentials.h"
#include "services/camera/device/pushed_event.h"

namespace bordergate::camera {

struct PushOptions {
  std::string listen;  // "192.0.2.1:7070"; empty: nobody may send
  std::string certificate_file;
  std::string key_file;
  std::vector<PushCamera> cameras;
  std::vector<PushTagReader> tag_readers;
};

class PushListener {
 public:
  // Called on a thread of the listener, after the sender has proved who it is; must not wait.
  using Sink = std::function<void(const std::string& camera_id, PushedEvent event)>;
  using TagSink = std::function<void(const std::string& tag_reader_id, const TagReport& report)>;

  // Listens from now on.
  //   errors   those of http::Server::Start
  static Result<std::unique_ptr<PushListener>> Start(const PushOptions& options, Sink sink, TagSink tag_sink,
                                                     Telemetry& telemetry, const Clock& clock);
  ~PushListener();
  uint16_t port() const;

 private:
  class Door;
  PushListener(std::shared_ptr<Door> door, std::unique_ptr<http::Server> server);

  std::shared_ptr<Door> door_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace bordergate::camera
