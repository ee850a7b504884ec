# The functions that make every target look alike. A target's include path is the root of the repository, so the include
# line is the file's address: #include "services/lane/domain/passage.h".

set(BORDERGATE_GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${BORDERGATE_GENERATED_DIR})

# One precompiled header for everything: the standard library as each file uses it.
add_library(bordergate_pch STATIC ${CMAKE_SOURCE_DIR}/cmake/pch.cc)
target_precompile_headers(bordergate_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.h)
# g++ writes other bytes for the same header in each folder. ccache takes this sum for the header's identity instead, so that
# clones share what they compiled.
file(SHA256 ${CMAKE_SOURCE_DIR}/cmake/pch.h _pch_sum)
string(SHA256 _pch_sum "${_pch_sum} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} ${BORDERGATE_SANITIZER}")
file(WRITE ${CMAKE_BINARY_DIR}/CMakeFiles/bordergate_pch.dir/cmake_pch.hxx.gch.sum "${_pch_sum}\n")

function(_bg_common target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  target_precompile_headers(${target} REUSE_FROM bordergate_pch)
endfunction()

# bg_library(NAME SOURCES a.cc ... [DEPS target ...] [EMBED name=file ...] [MIGRATIONS file.sql ...])
#   A static library of the sources. DEPS are public. EMBED makes each file readable as
#   bordergate::embedded::<library>::<name>() from "embedded/<library>.h"; MIGRATIONS are its list migrations().
function(bg_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;EMBED;MIGRATIONS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  _bg_common(${name})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  if(ARG_EMBED OR ARG_MIGRATIONS)
    _bg_embed(${name} ${ARG_EMBED} MIGRATIONS ${ARG_MIGRATIONS})
  endif()
endfunction()

# bg_service(NAME SOURCES main.cc config.cc ... [DEPS target ...])
#   The program build/…/bin/NAME. Its config.toml is part of it, as bordergate::embedded::<NAME>::config_toml().
function(bg_service name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  _bg_common(${name})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/config.toml)
    _bg_embed(${name} config_toml=config.toml)
  endif()
endfunction()

# bg_test(NAME KIND unit|db|fault|simulation|contract SOURCES a_test.cc ... [DEPS target ...] [TIMEOUT_S seconds])
#   One GoogleTest program, known to ctest under NAME with the label KIND. Sources are compiled as one unit.
function(bg_test name)
  cmake_parse_arguments(ARG "" "KIND;TIMEOUT_S" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  _bg_common(${name})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests
    UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12 UNITY_BUILD_UNIQUE_ID BG_UNIQUE)
  target_compile_options(${name} PRIVATE -O1)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT_S)
    set(ARG_TIMEOUT_S 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_KIND} TIMEOUT ${ARG_TIMEOUT_S}
    ENVIRONMENT "GRPC_VERBOSITY=NONE")  # refused handshakes are part of the tests
endfunction()

# bg_proto(NAME FILES bordergate/x/v1/a.proto ... [DEPS target ...])
#   A library of the messages, and of one method type an RPC ("bordergate/x/v1/<file>.rpc.h"). No gRPC header is needed
#   to use it.
function(bg_proto name)
  cmake_parse_arguments(ARG "" "" "FILES;DEPS" ${ARGN})
  set(outputs)
  foreach(file ${ARG_FILES})
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    set(root ${CMAKE_SOURCE_DIR}/proto)
    if(NOT EXISTS ${root}/${file})
      set(root ${GOOGLEAPIS_PROTO_DIR})
    endif()
    set(out ${BORDERGATE_GENERATED_DIR}/${stem})
    add_custom_command(
      OUTPUT ${out}.pb.cc ${out}.pb.h ${out}.rpc.h
      COMMAND protobuf::protoc -I${CMAKE_SOURCE_DIR}/proto -I${GOOGLEAPIS_PROTO_DIR}
              --cpp_out=${BORDERGATE_GENERATED_DIR}
              --plugin=protoc-gen-bordergate=$<TARGET_FILE:protoc_gen_bordergate>
              --bordergate_out=${BORDERGATE_GENERATED_DIR} ${file}
      DEPENDS ${root}/${file} protoc_gen_bordergate
      COMMENT "protoc ${file}" VERBATIM)
    list(APPEND outputs ${out}.pb.cc ${out}.pb.h ${out}.rpc.h)
  endforeach()
  add_library(${name} STATIC ${outputs})
  # Generated code is not ours to warn about, and is not hot enough for -O2 to be worth its build time.
  target_compile_options(${name} PRIVATE -w -O1)
  target_include_directories(${name} SYSTEM PUBLIC ${BORDERGATE_GENERATED_DIR})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
endfunction()

# Turns files into functions that return their text: name=file pairs, then MIGRATIONS file ...
function(_bg_embed target)
  cmake_parse_arguments(ARG "" "" "MIGRATIONS" ${ARGN})
  set(inputs)
  foreach(pair ${ARG_UNPARSED_ARGUMENTS})
    string(REGEX REPLACE "^[^=]*=" "" file ${pair})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  foreach(file ${ARG_MIGRATIONS})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  set(stem ${BORDERGATE_GENERATED_DIR}/embedded/${target})
  add_custom_command(
    OUTPUT ${stem}.cc ${stem}.h
    COMMAND ${CMAKE_COMMAND} -DTARGET=${target} -DSTEM=${stem} -DROOT=${CMAKE_CURRENT_SOURCE_DIR}
            "-DPAIRS=${ARG_UNPARSED_ARGUMENTS}" "-DMIGRATIONS=${ARG_MIGRATIONS}"
            -P ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
    COMMENT "embed files of ${target}" VERBATIM)
  target_sources(${target} PRIVATE ${stem}.cc ${stem}.h)
  target_include_directories(${target} PUBLIC ${BORDERGATE_GENERATED_DIR})
endfunction()

# bg_pytest(NAME KIND unit|db|journey|fault|contract|tidy|full FILES a_test.py ... [TIMEOUT_S seconds] [SERIAL])
#   Tests in Python, known to ctest under NAME with the label KIND. FILES are relative to the current folder. SERIAL: no
#   other test runs beside it.
function(bg_pytest name)
  cmake_parse_arguments(ARG "SERIAL" "KIND;TIMEOUT_S" "FILES" ${ARGN})
  list(TRANSFORM ARG_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  add_test(NAME ${name} COMMAND /usr/bin/python3 -m pytest -q ${ARG_FILES} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT ARG_TIMEOUT_S)
    set(ARG_TIMEOUT_S 120)
  endif()
  # What may be long begins first, so that two run side by side to the end.
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_KIND} TIMEOUT ${ARG_TIMEOUT_S} COST ${ARG_TIMEOUT_S})
  if(ARG_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
  endif()
endfunction()
