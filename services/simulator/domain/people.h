// Firms, drivers and the papers they carry: Vietnamese and Chinese.
#pragma once

#include <string>

#include "libs/plate/plate.h"
#include "services/simulator/domain/chance.h"

namespace bordergate::simulator {

struct FirmName {
  std::string name;     // "Công ty TNHH Nông sản Xứ Lạng"
  std::string address;  // registered in Vietnam, also of a Chinese firm
};
//   number   from 0; different numbers give different firms
FirmName MakeFirmName(PlateCountry country, int number, Chance& chance);

// "Nguyễn Văn An", "王建国".
std::string MakePersonName(PlateCountry country, Chance& chance);

// Ten digits with the check digit of Vietnamese tax codes, of the Lạng Sơn office.
std::string MakeTaxCode(Chance& chance);
// "+84…", "+86…".
std::string MakePhone(PlateCountry country, Chance& chance);
// Passport number, one letter and eight digits.
std::string MakePassportNumber(PlateCountry country, Chance& chance);
// 17 characters without I, O, Q.
std::string MakeVin(Chance& chance);
// ISO 6346 with its check digit, for example "CSQU3054383".
std::string MakeContainerNumber(Chance& chance);

}  // namespace bordergate::simulator
