#include "services/lane/domain/display.h"

#include <algorithm>
#include <iterator>

namespace bordergate::lane {
namespace {

struct Row {
  Sign sign;
  std::string_view vi, zh, en;
};

constexpr Row kRows[] = {
    {Sign::kClosed, "LÀN ĐÓNG", "车道关闭", "LANE CLOSED"},
    {Sign::kStop, "DỪNG LẠI", "请停车", "STOP"},
    {Sign::kReading, "ĐANG ĐỌC BIỂN", "正在识别车牌", "READING PLATE"},
    {Sign::kWait, "CHỜ CÁN BỘ", "请等候工作人员", "WAIT FOR OFFICER"},
    {Sign::kRefused, "KHÔNG ĐƯỢC QUA", "不得通行", "NO ENTRY"},
    {Sign::kOpening, "CHỜ CẦN MỞ", "等待栏杆升起", "BARRIER OPENING"},
    {Sign::kGo, "MỜI ĐI", "请通行", "GO"},
};

Sign SignOf(const LaneView& view) {
  if (view.green) return Sign::kGo;
  switch (view.state) {
    case LaneState::kFault:
      return Sign::kWait;
    case LaneState::kIdle:
      return view.mode == Mode::kClosed ? Sign::kClosed : Sign::kStop;
    case LaneState::kIdentifying:
      if (view.mode == Mode::kClosed) return Sign::kClosed;
      return view.mode == Mode::kManual ? Sign::kWait : Sign::kReading;
    case LaneState::kAsking:
      return Sign::kWait;
    case LaneState::kRefused:
      return view.mode == Mode::kClosed ? Sign::kClosed : Sign::kRefused;
    case LaneState::kOpening:
      return Sign::kOpening;
    case LaneState::kPassing:  // red: its vehicle is under the arm, and who reads this is the next one
    case LaneState::kClosing:
      return Sign::kStop;
  }
  return Sign::kStop;
}

}  // namespace

DisplayMessage MessageFor(const LaneView& view) {
  DisplayMessage message{SignOf(view), {}};
  const bool is_for_somebody = message.sign == Sign::kGo || message.sign == Sign::kOpening ||
                               message.sign == Sign::kWait || message.sign == Sign::kRefused;
  const bool is_theirs =
      view.decision && (view.session_id.empty() || view.decision->session_id == view.session_id);
  if (is_for_somebody && is_theirs && view.state != LaneState::kFault) message.plate = view.decision->plate;
  return message;
}

std::string_view TextOf(Sign sign, SignLanguage language) {
  const Row& row =
      *std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& one) { return one.sign == sign; });
  if (language == SignLanguage::kVi) return row.vi;
  return language == SignLanguage::kZh ? row.zh : row.en;
}

}  // namespace bordergate::lane
