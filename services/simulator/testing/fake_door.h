// A public door that remembers what was asked and answers as the test says.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "services/simulator/actors/door.h"

namespace bordergate::simulator {

class FakeDoor final : public PublicDoor {
 public:
  using Answer = std::function<Result<Json>(const DoorRequest&)>;

  // Requests whose "METHOD path" begins like this are answered so; the longest beginning wins.
  void When(const std::string& beginning, Answer answer) { answers_[beginning] = std::move(answer); }
  void When(const std::string& beginning, Json answer) {
    When(beginning, [answer = std::move(answer)](const DoorRequest&) -> Result<Json> { return answer; });
  }
  void WhenRefused(const std::string& beginning, const std::string& reason, Code code) {
    When(beginning, [=](const DoorRequest&) -> Result<Json> { return Error(reason, code, "refused"); });
  }

  Result<Json> Call(const DoorRequest& request) override {
    if (away) return Error(kDoorAway, "away");
    requests.push_back(request);
    const std::string line = request.method + " " + request.path;
    for (auto answer = answers_.rbegin(); answer != answers_.rend(); ++answer) {
      if (line.starts_with(answer->first)) return answer->second(request);
    }
    return Json::object();
  }

  // "POST /v1/trips", … in order; sign-ins left out.
  std::vector<std::string> Lines() const {
    std::vector<std::string> lines;
    for (const DoorRequest& request : requests) {
      if (request.path != "/v1/sign-in") lines.push_back(request.method + " " + request.path);
    }
    return lines;
  }
  const DoorRequest* Find(const std::string& beginning) const {
    for (const DoorRequest& request : requests) {
      if ((request.method + " " + request.path).starts_with(beginning)) return &request;
    }
    return nullptr;
  }
  int Count(const std::string& beginning) const {
    int count = 0;
    for (const std::string& line : Lines()) count += line.starts_with(beginning) ? 1 : 0;
    return count;
  }

  bool away = false;
  std::vector<DoorRequest> requests;

 private:
  std::map<std::string, Answer> answers_;
};

}  // namespace bordergate::simulator
