// What `camera read`, `camera follow` and `camera aim` have in common: their words, and the reader that they
// need.
#pragma once

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "services/camera/vision/container_reader.h"
#include "services/camera/vision/plate_reader.h"

namespace bordergate::camera {

class PictureCommand {
 public:
  //   name      "camera read"
  //   models    folder taken when --models is not given
  //   places    what the command is given: "FILE", "FILE_OR_ADDRESS"
  PictureCommand(const std::string& name, const std::string& sentence, std::string_view models,
                 const std::string& places);

  // For options of one command only.
  CLI::App& words() { return words_; }

  //   returns  the exit status when the program is to end here: 0 after --help, 2 for wrong words or models,
  //            with the reason on err
  std::optional<int> Begin(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& err);

  // After Begin, for commands that look for container numbers, too.
  //   returns  the exit status 2, with the reason on err, when their models cannot be used
  std::optional<int> LoadContainers(std::ostream& err);

  // After Begin.
  bool json() const { return json_; }
  const std::vector<std::string>& places() const { return places_; }
  PlateReader& reader() { return *reader_; }
  // Nothing without LoadContainers.
  std::vector<ContainerRead> ReadContainers(const cv::Mat& picture);

 private:
  CLI::App words_;
  bool json_ = false;
  std::string models_;
  std::vector<std::string> places_;
  std::optional<PlateReader> reader_;
  std::optional<ContainerReader> containers_;
};

}  // namespace bordergate::camera
