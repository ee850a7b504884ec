// Goal: the cameras are MJPEG cameras for a program that knows nothing of us, and cost nothing when nobody
// looks. Method: OpenCV's VideoCapture and libcurl as peers.
#include "services/simulator/device/camera_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/videoio.hpp>

#include "libs/http/testing/curl_client.h"
#include "libs/http/testing/raw_client.h"
#include "services/simulator/testing/views.h"

namespace bordergate::simulator {
namespace {

class CameraServerTest : public testing::Test {
 protected:
  CameraServerTest() {
    server_ = CameraServer::Start(
                  "127.0.0.1:0",
                  {{"x1-front", "/x1-front.mjpeg", "X1", [this] { return View(); }},
                   {"x2-front", "/x2-front.mjpeg", "X2", [] { return EmptyLane(); }}},
                  [] { return false; }, {milliseconds(100), milliseconds(100), milliseconds(100)}, clock_)
                  .value();
    url_ = "http://127.0.0.1:" + std::to_string(server_->port()) + "/x1-front.mjpeg";
  }

  LaneView View() {
    const std::lock_guard lock(mutex_);
    return view_;
  }
  void Show(LaneView view) {
    const std::lock_guard lock(mutex_);
    view_ = std::move(view);
  }

  SystemClock clock_;
  std::mutex mutex_;
  LaneView view_;
  std::unique_ptr<CameraServer> server_;
  std::string url_;
};

TEST_F(CameraServerTest, IsOpenedByOpenCvWhichSeesTheTruckThatComes) {
  cv::VideoCapture capture;
  ASSERT_TRUE(capture.open(url_, cv::CAP_FFMPEG, {cv::CAP_PROP_OPEN_TIMEOUT_MSEC, 10'000}));
  cv::Mat frame;
  ASSERT_TRUE(capture.read(frame));
  EXPECT_EQ(frame.size(), cv::Size(1280, 720));
  const cv::Mat empty = frame.clone();
  Show(LaneWith(SeenTruck("29C12345", -3.5)));
  bool seen = false;
  for (int at = 0; at < 50 && !seen; ++at) {
    ASSERT_TRUE(capture.read(frame));
    seen = cv::norm(frame, empty, cv::NORM_L1) / static_cast<double>(frame.total()) > 20;
  }
  EXPECT_TRUE(seen);
  const auto plates = server_->Plates("x1-front");
  ASSERT_EQ(plates.size(), 1u);
  EXPECT_EQ(plates[0].plate, "29C12345");
}

TEST_F(CameraServerTest, AnswersAStillWithOneJpeg) {
  const http::CurlResponse still = http::Curl(url_ + "?still=1");
  EXPECT_EQ(still.status, 200);
  EXPECT_EQ(still.headers.at("content-type"), "image/jpeg");
  EXPECT_EQ(DecodeJpeg(still.body)->size(), cv::Size(1280, 720));
}

TEST_F(CameraServerTest, PaintsNothingForACameraNobodyWatches) {
  EXPECT_EQ(http::Curl(url_ + "?still=1").status, 200);
  EXPECT_EQ(server_->frame_count(), 0) << "stills are no stream";
  EXPECT_TRUE(server_->Plates("x2-front").empty());
}

TEST_F(CameraServerTest, CutsItsReadersOffWhileItIsAwayAndRefusesNewOnes) {
  http::RawClient reader(server_->port());
  reader.Send("GET /x1-front.mjpeg HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(reader.ReadUntil("X-Timestamp: "), testing::HasSubstr("multipart/x-mixed-replace"));
  LaneView away;
  away.faults.Set(Fault::kCameraAway, true);
  Show(away);
  // The end of the chunked answer.
  EXPECT_THAT(reader.ReadUntil("\r\n0\r\n\r\n"), testing::EndsWith("\r\n0\r\n\r\n"));
  EXPECT_EQ(http::Curl(url_).status, 503);
  Show(EmptyLane());
  EXPECT_EQ(http::Curl(url_ + "?still=1").status, 200);
}

TEST_F(CameraServerTest, KnowsItsCamerasOnly) {
  EXPECT_EQ(http::Curl("http://127.0.0.1:" + std::to_string(server_->port()) + "/other").status, 404);
}

}  // namespace
}  // namespace bordergate::simulator
