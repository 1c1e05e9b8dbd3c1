# Compiler settings that hold for every target.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR
        "Rookery needs clang 19 or newer (g++ 12 miscompiles coroutines). "
        "Run ./dev setup, then configure through a preset: cmake --preset release")
endif()

set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
add_compile_options(-Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers
                    -fcolor-diagnostics)
# A precompiled header keeps no time stamp, so that ccache can share it between checkouts.
add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
add_link_options(-fuse-ld=lld)

if(ROOKERY_WERROR)
    add_compile_options(-Werror)
endif()

if(ROOKERY_SANITIZE)
    add_compile_options(-fsanitize=${ROOKERY_SANITIZE} -fno-omit-frame-pointer
                        -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=${ROOKERY_SANITIZE})
endif()

if(ROOKERY_PROFILE STREQUAL "make")
    add_compile_options(-fprofile-generate)
    add_link_options(-fprofile-generate)
elseif(ROOKERY_PROFILE)
    # A profile of another version still tells most of the truth.
    add_compile_options(-fprofile-use=${ROOKERY_PROFILE} -Wno-profile-instr-unprofiled
                        -Wno-profile-instr-out-of-date -Wno-backend-plugin -flto=thin)
    add_link_options(-flto=thin)
endif()

if(ROOKERY_FUZZERS)
    add_compile_options(-fsanitize=fuzzer-no-link)  # libFuzzer sees which paths an input takes
endif()

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_PCH_EXTSUM=true CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true ${CCACHE})
endif()
