#include "services/simulator/device/display_panel.h"

#include "libs/core/text.h"

namespace bordergate::simulator {
namespace {

constexpr int kLineLengths[] = {16, 16, 16, 12};
constexpr int kDisplayRegisters = 60;

}  // namespace

Result<std::unique_ptr<DisplayPanel>> DisplayPanel::Start(const std::string& host, int port, int unit_id) {
  auto device = BG_TRY(RegisterDevice::Start(host, port, unit_id, kDisplayRegisters, 0, nullptr));
  return std::unique_ptr<DisplayPanel>(new DisplayPanel(std::move(device)));
}

std::vector<std::string> DisplayPanel::Lines() const {
  std::vector<std::string> lines;
  int first = 0;
  for (const int length : kLineLengths) {
    const std::vector<uint16_t> words = device_->Holding(first, length);
    std::u32string points(words.begin(), words.end());
    std::erase(points, U'\0');
    lines.emplace_back(Trim(EncodeUtf8(points)));
    first += length;
  }
  return lines;
}

}  // namespace bordergate::simulator
