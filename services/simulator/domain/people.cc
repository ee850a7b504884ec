#include "services/simulator/domain/people.h"

#include <array>

#include <fmt/format.h>

#include "libs/container/container_number.h"

namespace bordergate::simulator {
namespace {

constexpr std::array<std::string_view, 8> kVietnameseFirms = {
    "Công ty TNHH Nông sản Xứ Lạng",          "Công ty CP Xuất nhập khẩu Đồng Đăng",
    "Công ty TNHH Vận tải Ải Nam Quan",       "Công ty TNHH Trái cây Tiền Giang",
    "Công ty CP Logistics Kỳ Cùng",           "Công ty TNHH Thủy sản Cà Mau Xanh",
    "Công ty TNHH Thương mại Hoàng Liên Sơn", "Hợp tác xã Vải thiều Lục Ngạn",
};
constexpr std::array<std::string_view, 8> kChineseFirms = {
    "广西凭祥友谊物流有限公司",   "崇左市南疆进出口有限公司",   "云南红河通关运输有限公司",
    "南宁百果贸易有限公司",       "东兴市海陆国际货运有限公司", "昆明滇越冷链有限公司",
    "深圳华联电子供应链有限公司", "广西浦寨边贸有限公司",
};
constexpr std::array<std::string_view, 5> kAddresses = {
    "Số 12 đường Trần Đăng Ninh, phường Tam Thanh, Lạng Sơn",
    "Khu Nam Quan, thị trấn Đồng Đăng, Cao Lộc, Lạng Sơn",
    "Khu phi thuế quan, xã Phú Xá, Cao Lộc, Lạng Sơn",
    "Số 88 đường Hùng Vương, phường Chi Lăng, Lạng Sơn",
    "Cụm công nghiệp Hữu Lũng, Lạng Sơn",
};
constexpr std::array<std::string_view, 10> kFamilies = {"Nguyễn", "Trần",  "Lê", "Phạm", "Hoàng",
                                                        "Nông",   "Lương", "Vi", "Đặng", "Bùi"};
constexpr std::array<std::string_view, 6> kMiddles = {"Văn", "Đức", "Quang", "Minh", "Hữu", "Công"};
constexpr std::array<std::string_view, 12> kGiven = {"An",   "Bình", "Cường", "Dũng", "Hải",   "Hùng",
                                                     "Kiên", "Long", "Nam",   "Sơn",  "Thắng", "Tuấn"};
constexpr std::array<std::string_view, 10> kSurnames = {"王", "李", "张", "刘", "陈",
                                                        "黄", "韦", "覃", "农", "杨"};
constexpr std::array<std::string_view, 10> kChineseGiven = {"建国", "志强", "伟", "海涛", "春生",
                                                            "永福", "文斌", "军", "德明", "小龙"};
constexpr std::array<std::string_view, 4> kContainerOwners = {"CSQU", "TEMU", "MSKU", "CBHU"};

}  // namespace

FirmName MakeFirmName(PlateCountry country, int number, Chance& chance) {
  const auto& list = country == PlateCountry::kVietnam ? kVietnameseFirms : kChineseFirms;
  const auto count = static_cast<int>(list.size());
  std::string name(list[static_cast<size_t>(number % count)]);
  // More firms than names: branches.
  if (number >= count) {
    name += country == PlateCountry::kVietnam ? fmt::format(" - chi nhánh {}", number / count)
                                              : fmt::format("（第{}分公司）", number / count);
  }
  return {name, std::string(chance.Pick(kAddresses))};
}

std::string MakePersonName(PlateCountry country, Chance& chance) {
  if (country == PlateCountry::kVietnam) {
    return fmt::format("{} {} {}", chance.Pick(kFamilies), chance.Pick(kMiddles), chance.Pick(kGiven));
  }
  return fmt::format("{}{}", chance.Pick(kSurnames), chance.Pick(kChineseGiven));
}

std::string MakeTaxCode(Chance& chance) {
  constexpr std::array kWeights = {31, 29, 23, 19, 17, 13, 7, 5, 3};
  for (;;) {
    std::string code = "49" + chance.Digits(7);
    int sum = 0;
    for (size_t at = 0; at < kWeights.size(); ++at) sum += kWeights[at] * (code[at] - '0');
    const int check = 10 - sum % 11;
    if (check < 10) return code + static_cast<char>('0' + check);
  }
}

std::string MakePhone(PlateCountry country, Chance& chance) {
  return country == PlateCountry::kVietnam ? "+849" + chance.Digits(8) : "+861" + chance.Digits(10);
}

std::string MakePassportNumber(PlateCountry country, Chance& chance) {
  return (country == PlateCountry::kVietnam ? "C" : "E") + chance.Digits(8);
}

std::string MakeVin(Chance& chance) {
  constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
  return "L" + chance.Letters(kAlphabet, 10) + chance.Digits(6);
}

std::string MakeContainerNumber(Chance& chance) {
  const std::string number = std::string(chance.Pick(kContainerOwners)) + chance.Digits(6);
  return number + ContainerCheckDigit(number);
}

}  // namespace bordergate::simulator
