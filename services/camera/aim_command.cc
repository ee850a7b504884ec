#include "services/camera/aim_command.h"

#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "libs/core/reasons.h"
#include "services/camera/device/frame_source.h"
#include "services/camera/vision/aim.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/picture_command.h"

namespace bordergate::camera {
namespace {

constexpr int kFramesMax = 10;  // of an address; the best of them is told
constexpr milliseconds kLook{10'000};

Result<AimReport> Measure(PictureCommand& command, std::span<const uint8_t> bytes, AimTarget target) {
  const cv::Mat picture = BG_TRY(DecodePicture(bytes));
  return MeasureAim(picture, command.reader().Read(picture), command.ReadContainers(picture), target);
}

// Whether one look at a camera tells more than another: its target more than none, the other kind more than
// none, less advice more than much.
bool Better(const AimReport& a, const AimReport& b) {
  if (a.is_seen() != b.is_seen()) return a.is_seen();
  if (a.read.has_value() != b.read.has_value()) return a.read.has_value();
  if (a.container.has_value() != b.container.has_value()) return a.container.has_value();
  return a.advice.size() < b.advice.size();
}

Result<AimReport> LookThrough(PictureCommand& command, const std::string& address, const Clock& clock,
                              AimTarget target, const SourceTimes& times) {
  StopFlag stop;
  std::optional<Result<AimReport>> best;
  int frames = 0;
  const SteadyInstant start = clock.SteadyNow();
  const auto source = MakeFrameSource(address, times, clock);
  const Result<void> end = source->Run(
      [&](const Frame& frame) {
        const std::vector<uint8_t> bytes(frame.jpeg->begin(), frame.jpeg->end());
        Result<AimReport> report = Measure(command, bytes, target);
        if (!best || (report && (!*best || Better(*report, **best)))) best = std::move(report);
        const bool well = *best && (*best)->advice.empty();
        if (well || ++frames == kFramesMax || clock.SteadyNow() - start > kLook) stop.Stop();
      },
      stop);
  if (best) return *std::move(best);
  return end ? Error(kInternal, "the camera ended before its first frame") : end.error();
}

Result<AimReport> LookAt(PictureCommand& command, const std::string& place, const Clock& clock,
                         AimTarget target, const SourceTimes& times) {
  if (place.find("://") != std::string::npos || std::filesystem::is_directory(place))
    return LookThrough(command, place, clock, target, times);
  const auto bytes = BG_TRY(ReadPictureFile(place));
  return Measure(command, bytes, target);
}

std::string FiguresText(const AimReport& report, bool vi) {
  return fmt::format(fmt::runtime(vi ? "cao {:.0f} px · nhòe {:.1f} px · nghiêng {:.0f}° · chéo {:.0f}° · "
                                       "tương phản {:.0f} · lóa {:.0f} %"
                                     : "height {:.0f} px · blur {:.1f} px · tilt {:.0f}° · slant {:.0f}° · "
                                       "contrast {:.0f} · burnt out {:.0f} %"),
                     report.height_px, report.blur_px, report.roll_degrees, report.slant_degrees,
                     report.contrast, 100 * report.bright_share);
}

std::string AsText(const std::string& place, const AimReport& report, const std::string& language) {
  const bool vi = language == "vi";
  const std::string figures = FiguresText(report, vi);
  const auto height_alone = [&](double px) { return fmt::format("{} {:.0f} px", vi ? "cao" : "height", px); };
  std::string text = fmt::format("{}:\n", place);
  if (report.read) {
    const bool is_target = report.target == AimTarget::kPlate;
    text +=
        fmt::format("  {} {}{} · {}\n", vi ? "biển số" : "plate", report.read->plate,
                    report.read->sure ? "" : "?", is_target ? figures : height_alone(report.read->height_px));
  }
  if (report.container) {
    const bool is_target = report.target == AimTarget::kContainer;
    text += fmt::format("  {} {}{} · {}\n", vi ? "số container" : "container number",
                        report.container->number, report.container->sure ? "" : "?",
                        is_target ? figures : height_alone(report.container->line_height_px));
  }
  for (const Advice advice : report.advice)
    text += fmt::format("  ✘ {}\n", AdviceText(advice, report.target, language));
  if (report.advice.empty()) text += vi ? "  ✔ máy quay đặt tốt\n" : "  ✔ well placed\n";
  return text;
}

std::string AsJson(const std::string& place, const AimReport& report, const std::string& language) {
  nlohmann::ordered_json line = {{"source", place}};
  if (report.read) {
    line["plate"] = report.read->plate;
    line["sure"] = report.read->sure;
    line["confidence"] = report.read->confidence;
  }
  if (report.container) {
    line["container_number"] = report.container->number;
    line["container_sure"] = report.container->sure;
    line["container_line_height_px"] = std::round(report.container->line_height_px);
  }
  if (report.is_seen()) {
    line["line_height_px"] = std::round(report.height_px);
    line["blur_px"] = std::round(10 * report.blur_px) / 10;
    line["tilt_degrees"] = std::round(report.roll_degrees);
    line["slant_degrees"] = std::round(report.slant_degrees);
    line["contrast"] = std::round(report.contrast);
    line["burnt_out_share"] = std::round(100 * report.bright_share) / 100;
  }
  line["picture_brightness"] = std::round(report.picture_brightness);
  line["advice"] = nlohmann::json::array();
  for (const Advice advice : report.advice) {
    line["advice"].push_back(
        {{"code", AdviceCode(advice)}, {"text", AdviceText(advice, report.target, language)}});
  }
  return line.dump() + "\n";
}

}  // namespace

int AimCommand(std::span<const std::string_view> words, std::string_view models, const Clock& clock,
               std::ostream& out, std::ostream& err, const SourceTimes& times) {
  PictureCommand command("camera aim", "Tells how well a camera is placed", models, "FILE_OR_ADDRESS");
  std::string language = "vi";
  command.words()
      .add_option("--language", language, "Of the advice")
      ->check(CLI::IsMember({"vi", "en"}))
      ->capture_default_str();
  AimTarget target = AimTarget::kPlate;
  const std::map<std::string, AimTarget> targets = {{"plates", AimTarget::kPlate},
                                                    {"containers", AimTarget::kContainer}};
  command.words()
      .add_option("--reads", target, "What the camera is for, as in the site file: plates or containers")
      ->transform(CLI::CheckedTransformer(targets).description("plates|containers"))
      ->default_str("plates");
  if (const auto status = command.Begin(words, out, err)) return *status;
  if (const auto status = command.LoadContainers(err)) return *status;
  int status = 0;
  for (const std::string& place : command.places()) {
    const Result<AimReport> report = LookAt(command, place, clock, target, times);
    if (!report) {
      err << fmt::format("{}: {}: {}\n", place, report.error().reason(), report.error().message());
      status = 1;
      continue;
    }
    if (!report->advice.empty()) status = 1;
    out << (command.json() ? AsJson(place, *report, language) : AsText(place, *report, language))
        << std::flush;
  }
  return status;
}

}  // namespace bordergate::camera
