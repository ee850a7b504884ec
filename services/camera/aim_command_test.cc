// Goal: the installer gets an answer for a picture, for a camera and for neither. Method: the shipped models,
// a picture with nothing in it, a folder in place of a camera.
#include "services/camera/aim_command.h"

#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/camera/testing/pipeline_fixture.h"
#include "services/camera/testing/shipped_models.h"

namespace bordergate::camera {
namespace {

using ::testing::HasSubstr;

class AimCommandTest : public ::testing::Test {
 protected:
  int Aim(std::vector<std::string_view> words) {
    out_.str("");
    err_.str("");
    return AimCommand(words, ShippedModels().string(), clock_, out_, err_, {.video_program = CAMERA_VIDEO});
  }
  SystemClock clock_;
  TemporaryFolder folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(AimCommandTest, SaysWhatToDoAboutAPictureInBothLanguages) {
  const std::string file = folder_.Write("a.jpg", JpegOf(120));
  EXPECT_EQ(Aim({"--language", "en", file}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("No plate is seen"));
  EXPECT_EQ(Aim({file}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("Không thấy biển số"));
  EXPECT_EQ(Aim({"--json", file}), 1);
  EXPECT_THAT(out_.str(), HasSubstr(R"("code":"NO_PLATE")"));
  EXPECT_THAT(out_.str(), HasSubstr(R"("picture_brightness":120)"));
}

TEST_F(AimCommandTest, LooksForNumbersWhereTheCameraIsForThose) {
  const std::string file = folder_.Write("a.jpg", JpegOf(120));
  EXPECT_EQ(Aim({"--reads", "containers", file}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("Không thấy số container"));
  EXPECT_EQ(Aim({"--reads", "seals", file}), 2);
}

TEST_F(AimCommandTest, LooksThroughACamera) {
  folder_.Write("a.jpg", JpegOf(120));
  EXPECT_EQ(Aim({"--json", folder_.path().string()}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("NO_PLATE"));
  EXPECT_EQ(Aim({"rtsp://127.0.0.1:1/live"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("Connection refused"));
}

TEST_F(AimCommandTest, RefusesWordsItDoesNotKnow) {
  EXPECT_EQ(Aim({}), 2);
  EXPECT_EQ(Aim({"--language", "fr", "a.jpg"}), 2);
  EXPECT_EQ(Aim({"--loud", "a.jpg"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--loud"));
}

}  // namespace
}  // namespace bordergate::camera
