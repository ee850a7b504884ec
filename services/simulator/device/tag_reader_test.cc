// Goal: the reader sends what a reader of transponders sends, proves who it is, and gives signs of life.
// Method: an HTTP server of ours as the listener.
#include "services/simulator/device/tag_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "libs/http/testing/test_server.h"

namespace bordergate::simulator {
namespace {

using nlohmann::json;

class TagReaderTest : public testing::Test {
 protected:
  LaneView View() {
    const std::lock_guard lock(mutex_);
    return view_;
  }
  void Show(const std::string& tag_id) {
    const std::lock_guard lock(mutex_);
    LaneView::Seen seen;
    seen.truck.tag_id = tag_id;
    seen.front_m = -3.5;
    view_.trucks = {seen};
  }
  TagReaderSettings Settings() {
    return {.reader_id = "gate-tags",
            .url = "http://127.0.0.1:" + std::to_string(listener_->port()),
            .key = "a-key-of-the-reader",
            .antennas = {{.port = 3, .view = [this] { return View(); }, .beside = {}}}};
  }
  // The next message that holds such an event.
  json WaitFor(const std::string& type) {
    std::unique_lock lock(mutex_);
    json found;
    const bool came = came_.wait_for(lock, seconds(20), [&] {
      for (; read_ < messages_.size(); ++read_) {
        for (const json& event : messages_[read_]) {
          if (event["eventType"] == type) found = event;
        }
      }
      return !found.is_null();
    });
    EXPECT_TRUE(came) << type;
    return found;
  }

  SystemClock clock_;
  std::mutex mutex_;
  std::condition_variable came_;
  LaneView view_;
  std::vector<json> messages_;
  std::vector<std::string> signed_;
  std::string path_;
  size_t read_ = 0;
  std::unique_ptr<http::Server> listener_ =
      http::StartForTest([this](const http::Request& request, const http::Reply& reply) {
        {
          const std::lock_guard lock(mutex_);
          path_ = request.path;
          signed_.emplace_back(request.Header("Authorization"));
          messages_.push_back(json::parse(request.body));
        }
        came_.notify_all();
        reply.Send(http::MakeResponse(200, "text/plain", "taken\n"));
      });
};

TEST_F(TagReaderTest, SendsWhomItHearsWithTheAntennaAndItsStrength) {
  Show("E2801160600002054A8B1C2D");
  const TagReader reader(Settings(), clock_);
  const json event = WaitFor("tagInventory");
  EXPECT_EQ(event["tagInventoryEvent"]["tidHex"], "E2801160600002054A8B1C2D");
  EXPECT_EQ(event["tagInventoryEvent"]["antennaPort"], 3);
  EXPECT_LT(event["tagInventoryEvent"]["peakRssiCdbm"], -4'000);
  EXPECT_GT(event["tagInventoryEvent"]["peakRssiCdbm"], -5'500);
  EXPECT_TRUE(ParseInstant(event["timestamp"].get<std::string>()).has_value());
  EXPECT_EQ(path_, "/push/gate-tags");
  // "gate-tags:a-key-of-the-reader"
  EXPECT_EQ(signed_.front(), "Basic Z2F0ZS10YWdzOmEta2V5LW9mLXRoZS1yZWFkZXI=");
}

TEST_F(TagReaderTest, GivesASignOfLifeWhenItHearsNobodyAndGoesOnWhenSomebodyComes) {
  const TagReader reader(Settings(), clock_);
  EXPECT_EQ(WaitFor("inventoryStatus")["inventoryStatusEvent"]["inventoryStatus"], "running");
  Show("E2801160600002054A8B1C2D");
  EXPECT_EQ(WaitFor("tagInventory")["hostname"], "gate-tags");
}

TEST_F(TagReaderTest, LosesWhatNobodyTakesAndSaysNothingWhileItIsSilent) {
  TagReaderSettings settings = Settings();
  listener_.reset();
  Show("E2801160600002054A8B1C2D");
  {
    const TagReader reader(settings, clock_);
    while (reader.lost_count() == 0) std::this_thread::yield();
    EXPECT_EQ(reader.taken_count(), 0);
  }
  view_.faults.Set(Fault::kTagReaderSilent, true);
  int looks = 0;
  std::condition_variable looked;
  settings.antennas[0].view = [&] {
    const std::lock_guard lock(mutex_);
    ++looks;
    looked.notify_all();
    return view_;
  };
  const TagReader reader(settings, clock_);
  std::unique_lock lock(mutex_);
  ASSERT_TRUE(looked.wait_for(lock, seconds(20), [&] { return looks >= 3; }));
  EXPECT_EQ(reader.lost_count(), 0) << "it tried to send nothing";
}

}  // namespace
}  // namespace bordergate::simulator
