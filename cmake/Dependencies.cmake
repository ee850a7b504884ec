# Every outside package the platform builds with. All are Debian 12 packages; ./setup installs them.
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)            # module mode: Debian ships no config file for it
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS headers url)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)              # the compiled library: the header-only mode costs ten times more to build
find_package(GTest REQUIRED)
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs videoio dnn freetype)
find_package(dnnl CONFIG REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CURL REQUIRED)
find_package(pugixml REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PQXX REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)  # PQping, which libpqxx has not
pkg_check_modules(MODBUS REQUIRED IMPORTED_TARGET libmodbus)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswscale)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(TURBOJPEG REQUIRED IMPORTED_TARGET libturbojpeg)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
find_package(ZXing REQUIRED)
find_library(ZXCVBN_LIBRARY zxcvbn REQUIRED)  # Debian ships it without a config file

# google/api/*.proto and google/rpc/*.proto, from golang-github-gogo-googleapis-dev: the one Debian package whose
# error_details.proto has ErrorInfo.
set(GOOGLEAPIS_PROTO_DIR /usr/share/gocode/src/github.com/gogo/googleapis)
if(NOT EXISTS ${GOOGLEAPIS_PROTO_DIR}/google/api/annotations.proto)
  message(FATAL_ERROR "google/api/annotations.proto is not in ${GOOGLEAPIS_PROTO_DIR}; run ./setup")
endif()
target_compile_definitions(ZXing::ZXing INTERFACE ZX_USE_UTF8)  # its texts as std::string, as in its next versions
