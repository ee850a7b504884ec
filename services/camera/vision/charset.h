// The characters that the reader's net knows. Class 0 is the CTC blank, character i is class i + 1; the order
// is that of tools/anpr/nets.py.
#pragma once

#include <string_view>

namespace bordergate::camera {

inline constexpr std::u32string_view kCharset =
    U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
    U"学警港澳挂领使";
inline constexpr int kClasses = static_cast<int>(kCharset.size()) + 1;
static_assert(kClasses == 75);

}  // namespace bordergate::camera
