// Goal: a site file is taken whole or refused with every fault. Method: a good file and a bad one.
#include "libs/config/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/temporary_folder.h"

namespace bordergate {
namespace {

using ::testing::HasSubstr;

TEST(Site, ReadsGatesAndLanes) {
  const TemporaryFolder folder;
  const Site site = LoadSite(folder.Write("site.toml", R"(
[[gates]]
gate_id = "huu-nghi"
title = "Hữu Nghị"
[[lanes]]
lane_id = "huu-nghi-x1"
gate_id = "huu-nghi"
title = "X1"
direction = "export"
camera_id = "huu-nghi-x1-front"
camera_url = "http://127.0.0.1:8201/x1.mjpeg"
slip_camera_id = "huu-nghi-x1-slip"
slip_camera_url = "http://127.0.0.1:8201/x1-slip.mjpeg"
barrier_address = "127.0.0.1:1502"
tag_reader_id = "huu-nghi-tags"
tag_reader_address = "192.0.2.80"
tag_reader_format = "impinj"
tag_reader_authentication = "basic"
tag_reader_antenna = 2
[[lanes.further_cameras]]
camera_id = "huu-nghi-x1-rear"
camera_url = "rtsp://192.0.2.65/stream1"
position = "rear"
[[lanes.further_cameras]]
camera_id = "huu-nghi-x1-doors"
camera_url = "rtsp://192.0.2.66/stream1"
position = "trailer"
reads = ["containers"]
)"))
                        .value();
  EXPECT_EQ(site.gates.at(0).utc_offset_minutes, 420);
  EXPECT_EQ(site.lanes.at(0).barrier_port, 1502);
  EXPECT_EQ(site.lanes.at(0).register_map, "simulated");
  EXPECT_EQ(site.lanes.at(0).display_port, 0) << "it has none";
  EXPECT_EQ(site.lanes.at(0).slip_camera_id, "huu-nghi-x1-slip");
  EXPECT_EQ(site.lanes.at(0).further_cameras.at(0).camera_id, "huu-nghi-x1-rear");
  EXPECT_EQ(site.lanes.at(0).further_cameras.at(0).position, "rear");
  EXPECT_TRUE(site.lanes.at(0).further_cameras.at(0).reads_plates) << "as before there was the key";
  EXPECT_FALSE(site.lanes.at(0).further_cameras.at(0).reads_containers);
  EXPECT_FALSE(site.lanes.at(0).further_cameras.at(1).reads_plates);
  EXPECT_TRUE(site.lanes.at(0).further_cameras.at(1).reads_containers);
  EXPECT_EQ(site.lanes.at(0).tag_reader_address, "192.0.2.80");
  EXPECT_EQ(site.lanes.at(0).tag_reader_antenna, 2);
  EXPECT_EQ(site.lanes.at(0).push_address, "") << "its camera sends nothing by itself";
}

TEST(Site, ACameraThatSendsItsReadsNeedsNoOtherAddress) {
  const TemporaryFolder folder;
  const Site site = LoadSite(folder.Write("site.toml", R"(
[[gates]]
gate_id = "huu-nghi"
title = "Hữu Nghị"
[[lanes]]
lane_id = "huu-nghi-x1"
gate_id = "huu-nghi"
title = "X1"
direction = "export"
camera_id = "huu-nghi-x1-front"
push_address = "192.0.2.64"
push_format = "dahua"
push_authentication = "path"
barrier_address = "127.0.0.1:1502"
)"))
                        .value();
  EXPECT_EQ(site.lanes.at(0).camera_url, "");
  EXPECT_EQ(site.lanes.at(0).push_address, "192.0.2.64");
  EXPECT_EQ(site.lanes.at(0).push_format, "dahua");
  EXPECT_EQ(site.lanes.at(0).push_authentication, "path");
}

// Lanes of one gate, each with these lines of its own.
std::string SiteWithLanes(const std::vector<std::string>& lines) {
  std::string text = "[[gates]]\ngate_id = \"huu-nghi\"\ntitle = \"Hữu Nghị\"\n";
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string id = "x" + std::to_string(i + 1);
    text += "[[lanes]]\nlane_id = \"" + id + "\"\ngate_id = \"huu-nghi\"\ntitle = \"X\"\n" +
            "direction = \"export\"\ncamera_id = \"" + id +
            "-front\"\ncamera_url = \"u\"\nbarrier_address = \"127.0.0.1:1502\"\n" + lines[i];
  }
  return text;
}

std::string TagReaderLines(const std::string& address, int antenna, const std::string& id = "tags") {
  return "tag_reader_id = \"" + id + "\"\ntag_reader_address = \"" + address +
         "\"\ntag_reader_format = \"zebra\"\ntag_reader_authentication = \"path\"\ntag_reader_antenna = " +
         std::to_string(antenna) + "\n";
}

TEST(Site, AReaderOfTranspondersMayServeSeveralLanesWithAnAntennaEach) {
  const TemporaryFolder folder;
  const auto load = [&](const std::vector<std::string>& lines) {
    return LoadSite(folder.Write("site.toml", SiteWithLanes(lines)));
  };
  const auto good = load({TagReaderLines("192.0.2.80", 1), TagReaderLines("192.0.2.80", 2)});
  ASSERT_TRUE(good.has_value()) << good.error().message();
  EXPECT_EQ(good->lanes.at(1).tag_reader_antenna, 2);
  EXPECT_TRUE(load({TagReaderLines("192.0.2.80", 0)}).has_value()) << "one lane may have all antennas";
  for (const auto& [lines, fault] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{TagReaderLines("192.0.2.80", 1), TagReaderLines("192.0.2.81", 2)}, "with different address"},
           {{TagReaderLines("192.0.2.80", 1), TagReaderLines("192.0.2.80", 1)}, "an antenna of its own"},
           {{TagReaderLines("192.0.2.80", 0), TagReaderLines("192.0.2.80", 2)}, "an antenna of its own"},
           {{TagReaderLines("192.0.2.80", 1, "x1-front")}, "has the id of a camera"}}) {
    const auto bad = load(lines);
    ASSERT_FALSE(bad.has_value()) << fault;
    EXPECT_THAT(bad.error().message(), HasSubstr(fault));
  }
}

TEST(Site, RefusesWhatAFurtherCameraCannotRead) {
  const TemporaryFolder folder;
  const auto load = [&](const std::string& reads) {
    return LoadSite(folder.Write(
        "site.toml", SiteWithLanes({"[[lanes.further_cameras]]\ncamera_id = \"r\"\ncamera_url = \"u\"\n"
                                    "position = \"rear\"\nreads = " +
                                    reads + "\n"})));
  };
  const auto both = load(R"(["plates", "containers"])");
  ASSERT_TRUE(both.has_value()) << both.error().message();
  EXPECT_TRUE(both->lanes.at(0).further_cameras.at(0).reads_plates);
  EXPECT_TRUE(both->lanes.at(0).further_cameras.at(0).reads_containers);
  for (const char* wrong :
       {"true", R"("containers")", "[]", R"(["seals"])", R"(["plates", 1])", R"(["plates", "plates"])"}) {
    const auto bad = load(wrong);
    ASSERT_FALSE(bad.has_value()) << wrong;
    EXPECT_THAT(bad.error().message(),
                HasSubstr(R"(lanes[0].further_cameras[0].reads: must be a list of at least one of )"
                          R"("containers", "plates", each once; left out it is ["plates"])"))
        << wrong;
  }
}

TEST(Site, TakesNoDefaultForAValueOfAnotherType) {
  const TemporaryFolder folder;
  for (const auto& [line, fault] : std::vector<std::pair<std::string, std::string>>{
           {"barrier_unit_id = \"2\"", "barrier_unit_id: must be a whole number from 0 to 247"},
           {"barrier_unit_id = 2.5", "barrier_unit_id: must be a whole number from 0 to 247"},
           {"register_map = 7", "register_map: must be text, in quotes"},
           {"register_map = \"\"", "register_map: must not be empty"},
           {"slip_camera_id = true", "slip_camera_id: must be text, in quotes"},
           {"display_address = \"192.0.2.7:15x\"", "display_address: must be host:port"},
           {"display_address = \":1502\"", "display_address: must be host:port"},
           {"display_address = 1502", "display_address: must be text, in quotes"}}) {
    const auto bad = LoadSite(folder.Write("site.toml", SiteWithLanes({line + "\n"})));
    ASSERT_FALSE(bad.has_value()) << line;
    EXPECT_THAT(bad.error().message(), HasSubstr("lanes[0]." + fault)) << line;
  }
}

TEST(Site, ListsEveryFault) {
  const TemporaryFolder folder;
  const auto site = LoadSite(folder.Write("site.toml", R"(
[[gates]]
gate_id = "Hữu Nghị"
title = "Hữu Nghị"
[[lanes]]
lane_id = "x1"
gate_id = "huu-nghi"
title = "X1"
direction = "out"
camera_id = "c"
camera_url = "u"
slip_camera_id = "c"
push_address = "camera.local"
push_format = "axis"
barrier_address = "127.0.0.1"
display_address = "127.0.0.1:70000"
barier_unit_id = 1
tag_reader_id = "t"
tag_reader_address = "reader.local"
tag_reader_format = "llrp"
tag_reader_authentication = "digest"
tag_reader_antenna = 65
[[lanes.further_cameras]]
camera_id = "c"
camera_url = "u"
position = "roof"
)"));
  ASSERT_FALSE(site.has_value());
  EXPECT_TRUE(site.error().Is(kSiteInvalid));
  for (const char* fault :
       {"gates[0].gate_id", "lanes[0].direction", "lanes[0].barrier_address", "lanes[0].display_address",
        "lanes[0].barier_unit_id: unknown key", "unknown gate huu-nghi", "lanes[0].slip_camera_url",
        "the camera c stands twice", "lanes[0].tag_reader_address", "lanes[0].tag_reader_format",
        "lanes[0].tag_reader_authentication", "lanes[0].tag_reader_antenna",
        "lanes[0].further_cameras[0].position", "lanes[0].push_address", "lanes[0].push_format",
        "lanes[0].push_authentication"}) {
    EXPECT_THAT(site.error().message(), HasSubstr(fault));
  }
}

}  // namespace
}  // namespace bordergate
