// Measures what reading plates costs on one core: pictures of the simulated lanes, and photographs when a
// folder of them is named. Each beside its floor: decoding the same pictures and nothing else.
//
//   camera_bench MODELS FRAMES [PHOTOGRAPHS]
//     MODELS        folder of detector.onnx, refiner.onnx, reader.onnx
//     FRAMES        folder that the simulated pictures are written into, so that others can read them too
//     PHOTOGRAPHS   folder of JPEG files
// prints {"rows": [...]} for ./bench
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "services/camera/vision/picture.h"
#include "services/camera/vision/plate_reader.h"
#include "services/camera/vision/still_scene.h"
#include "services/simulator/device/frame_source.h"
#include "services/simulator/domain/plate_maker.h"
#include "services/simulator/testing/views.h"

namespace bordergate::load {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<uint8_t>;

constexpr int kTrucks = 40;
constexpr int kPhotographsMax = 60;
constexpr int kWarmPictures = 5;

struct Sample {
  Bytes jpeg;
  std::vector<std::string> plates;  // those that stand in it; empty when that is not known
};

double CpuMs() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double ResidentMib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// Trucks at the stop line and a little before it, by day and by night, plates of both countries.
std::vector<Sample> SimulatedPictures() {
  SeededRandom random(20261122);
  simulator::Chance chance(random);
  simulator::FramePainters painters;
  simulator::FrameSource source(painters, "X1", {});
  std::vector<Sample> samples;
  for (int i = 0; i < kTrucks; ++i) {
    const bool is_vietnamese = i % 2 == 0;
    const auto country = is_vietnamese ? PlateCountry::kVietnam : PlateCountry::kChina;
    auto truck = simulator::SeenTruck(simulator::MakeTruckPlate(country, chance).normalised,
                                      i % 4 < 2 ? -3.5 : -7.0, is_vietnamese && i % 3 == 0);
    truck.truck.paint = i;
    const auto frame = source.Next(simulator::LaneWith(truck), i % 5 == 4);
    Sample sample{{frame->begin(), frame->end()}, {}};
    for (const auto& plate : source.plates()) sample.plates.push_back(PlateKey(plate.plate));
    samples.push_back(std::move(sample));
  }
  return samples;
}

std::vector<Sample> Photographs(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".jpg") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Sample> samples;
  for (const fs::path& file : files) {
    auto bytes = camera::ReadPictureFile(file);
    if (!bytes) continue;
    const auto header = camera::ReadPictureHeader(*bytes);
    if (header && header->width_px == 1280) samples.push_back({*std::move(bytes), {}});
    if (samples.size() == kPhotographsMax) break;
  }
  return samples;
}

nlohmann::json Row(const std::string& title, std::vector<double> ms) {
  std::sort(ms.begin(), ms.end());
  const double mean = std::accumulate(ms.begin(), ms.end(), 0.0) / static_cast<double>(ms.size());
  return {{"case", title},
          {"pictures", ms.size()},
          {"CPU ms a picture", mean},
          {"p50", ms[ms.size() / 2]},
          {"p99", ms[ms.size() * 99 / 100]},
          {"pictures/s a core", 1000 / mean}};
}

template <class Work>
std::vector<double> Measure(const std::vector<Sample>& samples, const Work& work) {
  std::vector<double> ms;
  for (const Sample& sample : samples) {
    const double begin = CpuMs();
    work(sample);
    ms.push_back(CpuMs() - begin);
  }
  return ms;
}

// Decoding, reading, and telling that nothing is new, on the same pictures.
void AddRows(const std::string& kind, const std::vector<Sample>& samples, camera::PlateReader& reader,
             nlohmann::json& rows) {
  for (size_t i = 0; i < std::min<size_t>(kWarmPictures, samples.size()); ++i) {
    reader.Read(camera::DecodePicture(samples[i].jpeg).value());
  }
  int plates = 0;
  int right = 0;
  int wrong = 0;
  auto decode = Row(kind + ": decode (floor)",
                    Measure(samples, [](const Sample& s) { camera::DecodePicture(s.jpeg).value(); }));
  auto read = Row(kind + ": decode and read", Measure(samples, [&](const Sample& s) {
                    plates += static_cast<int>(s.plates.size());
                    for (const auto& one : reader.Read(camera::DecodePicture(s.jpeg).value())) {
                      const bool known =
                          std::find(s.plates.begin(), s.plates.end(), one.plate) != s.plates.end();
                      if (one.sure) ++(known ? right : wrong);
                    }
                  }));
  if (plates > 0) {
    read["plates"] = plates;
    read["read right"] = right;
    read["read wrong"] = wrong;
  }
  auto idle = Row(kind + ": tell that nothing is new", Measure(samples, [](const Sample& s) {
                    const cv::Mat small = camera::SmallGray(s.jpeg);
                    if (camera::MeanDifference(small, small) > 1) std::abort();
                  }));
  rows.insert(rows.end(), {decode, read, idle});
}

int Main(int count, char** words) {
  if (count < 3) {
    std::cerr << "usage: camera_bench MODELS FRAMES [PHOTOGRAPHS]\n";
    return 2;
  }
  cv::setNumThreads(1);
  const auto samples = SimulatedPictures();
  for (size_t i = 0; i < samples.size(); ++i) {
    std::ofstream(fs::path(words[2]) / fmt::format("{:02}.jpg", i), std::ios::binary)
        .write(reinterpret_cast<const char*>(samples[i].jpeg.data()),
               static_cast<std::streamsize>(samples[i].jpeg.size()));
  }
  auto reader = camera::PlateReader::Load(words[1]);
  if (!reader) {
    std::cerr << reader.error().message() << "\n";
    return 1;
  }
  nlohmann::json rows = nlohmann::json::array();
  const std::vector<Sample> first = {samples.front()};
  rows.push_back(Row("first picture after start", Measure(first, [&](const Sample& s) {
                       reader->Read(camera::DecodePicture(s.jpeg).value());
                     })));
  AddRows("lane", samples, *reader, rows);
  if (count > 3) {
    const auto photographs = Photographs(words[3]);
    if (!photographs.empty()) AddRows("photographs", photographs, *reader, rows);
  }
  rows.push_back({{"case", "peak resident MiB, all of it"}, {"MiB", ResidentMib()}});
  std::cout << nlohmann::json{{"rows", rows}}.dump() << "\n";
  return 0;
}

}  // namespace
}  // namespace bordergate::load

int main(int count, char** words) { return bordergate::load::Main(count, words); }
