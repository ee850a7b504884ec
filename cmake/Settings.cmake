# One place for what every target shares. The figures behind these choices stand in docs/decisions/0009-build-speed.md.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# -g1: line numbers in stack traces at no measurable build cost. BG_CHECK stays on, so NDEBUG is not set.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")

# Not asked for: array bounds, which GCC 12 sees broken inside libstdc++'s strings where they are not (its bug 105651);
# missing initialisers, because a struct's defaults are what we rely on.
add_compile_options(
  -Wall -Wextra -Wno-array-bounds -Wno-missing-field-initializers -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Werror -pthread -fno-omit-frame-pointer -fstack-protector-strong)
add_compile_definitions(_GNU_SOURCE)
if(NOT BORDERGATE_SANITIZER)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

# One sanitizer a build folder: "address,undefined" or "thread" (see CMakePresets.json).
set(BORDERGATE_SANITIZER "" CACHE STRING "sanitizers to build with")
if(BORDERGATE_SANITIZER)
  add_compile_options(-fsanitize=${BORDERGATE_SANITIZER} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BORDERGATE_SANITIZER})
endif()

# mold links in 0.1 s what ld links in seconds; ccache makes a branch switch cheap.
add_link_options(-fuse-ld=mold -Wl,-z,relro,-z,now)
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=true CCACHE_PCH_EXTSUM=true ${CCACHE})
endif()
