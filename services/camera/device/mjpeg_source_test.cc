// Goal: frames come out of a stream whole, whatever pieces it arrives in, and a stream that is none ends with
// a reason. Method: parts cut at every place; a real HTTP server.
#include "services/camera/device/mjpeg_source.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/http/server.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

using ::testing::ElementsAre;

std::string Part(const std::string& body, bool with_length) {
  std::string part = "--frame\r\nContent-Type: image/jpeg\r\n";
  if (with_length) part += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return part + "\r\n" + body + "\r\n";
}

TEST(MultipartSplitter, FindsThePartsWhereverTheStreamIsCut) {
  for (const bool with_length : {true, false}) {
    const std::string stream =
        Part("first", with_length) + Part("second\r\nline", with_length) + "--frame--\r\n";
    for (size_t piece = 1; piece <= stream.size(); ++piece) {
      MultipartSplitter splitter("frame", 1000);
      std::vector<std::string> parts;
      for (size_t at = 0; at < stream.size(); at += piece) {
        ASSERT_TRUE(splitter.Add(stream.substr(at, piece), [&](MultipartSplitter::Part part) {
          parts.push_back(std::move(part.body));
        }));
      }
      EXPECT_THAT(parts, ElementsAre("first", "second\r\nline")) << piece;
    }
  }
}

TEST(MultipartSplitter, RefusesAPartThatIsTooLarge) {
  MultipartSplitter by_length("frame", 10);
  EXPECT_FALSE(by_length.Add("--frame\r\nContent-Length: 11\r\n\r\n", [](const MultipartSplitter::Part&) {}));
  MultipartSplitter by_bytes("frame", 10);
  EXPECT_FALSE(by_bytes.Add("--frame\r\n\r\n01234567890", [](const MultipartSplitter::Part&) {}));
  MultipartSplitter no_parts("frame", 10);
  EXPECT_FALSE(no_parts.Add(std::string(10'000, 'x'), [](const MultipartSplitter::Part&) {}));
}

TEST(MultipartSplitter, ReadsTheTimeThatTheCameraStates) {
  EXPECT_EQ(StatedTimeOf("--frame\r\nx-timestamp: 1700000000.25\r\ncontent-length: 5"),
            ParseInstant("2023-11-14T22:13:20.250Z").value());
  EXPECT_EQ(StatedTimeOf("x-timestamp: 0"), Instant());
  for (const char* none : {"", "content-length: 5", "x-timestamp:", "x-timestamp: soon", "x-timestamp: -1",
                           "x-timestamp: 1e300", "x-timestamp: nan"}) {
    EXPECT_EQ(StatedTimeOf(none), std::nullopt) << none;
  }
}

TEST(MultipartSplitter, ReadsTheBoundaryAsCamerasWriteIt) {
  EXPECT_EQ(BoundaryOf("multipart/x-mixed-replace; boundary=frame"), "frame");
  EXPECT_EQ(BoundaryOf("Multipart/X-Mixed-Replace;boundary=\"--myboundary\""), "myboundary");
  EXPECT_EQ(BoundaryOf("image/jpeg"), std::nullopt);
  EXPECT_EQ(BoundaryOf("multipart/x-mixed-replace"), std::nullopt);
}

// A camera that answers with what it is told.
class MjpegSourceTest : public ::testing::Test {
 protected:
  Result<void> RunAgainst(const std::string& content_type, const std::vector<std::string>& pieces,
                          std::vector<std::string>* frames) {
    auto server = http::Server::Start({}, [&](const http::Request&, const http::Reply& reply) {
      http::Stream stream = reply.StartStream(http::MakeResponse(200, content_type, ""));
      for (const std::string& piece : pieces) stream.Write(piece);
      stream.Close();
    });
    const std::string url = "http://127.0.0.1:" + std::to_string(server.value()->port()) + "/live";
    return MakeMjpegSource(url, {}, clock_)->Run([&](Frame frame) { frames->push_back(*frame.jpeg); }, stop_);
  }

  SystemClock clock_;
  StopFlag stop_;
};

TEST_F(MjpegSourceTest, GivesEachFrameAndSaysWhenTheStreamEnds) {
  std::vector<std::string> frames;
  const auto end = RunAgainst("multipart/x-mixed-replace; boundary=frame",
                              {Part("one", true), Part("two", true)}, &frames);
  EXPECT_TRUE(end.error().Is(kSourceUnavailable));
  EXPECT_THAT(frames, ElementsAre("one", "two"));
}

TEST_F(MjpegSourceTest, SaysWhatIsWrongWithAnAddressThatIsNoCamera) {
  std::vector<std::string> frames;
  const auto end = RunAgainst("text/html", {"<html>"}, &frames);
  EXPECT_TRUE(end.error().Is(kSourceUnavailable));
  EXPECT_THAT(end.error().message(), ::testing::HasSubstr("text/html"));
  const auto refused = MakeMjpegSource("http://127.0.0.1:1/live", {}, clock_)->Run([](Frame) {}, stop_);
  EXPECT_TRUE(refused.error().Is(kSourceUnavailable));
}

}  // namespace
}  // namespace bordergate::camera
