# How Asio is compiled, the same for all and in the precompiled header. Of the memory of coroutines
# and handlers each thread keeps eight blocks a kind for the next, because a request passes through
# more of them than the two that Asio keeps by itself.
set(ROOKERY_ASIO BOOST_ASIO_NO_DEPRECATED
                 BOOST_ASIO_DISABLE_BOOST_REGEX
                 BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=8)

# rookery_room(NAME [USES room...] [LIBS library...])
#
# Declares the room in the current folder as the static library rookery_NAME, made of every .cc file
# there (its *_test.cc files become one test program). USES is the complete list of the rooms whose
# headers it may include: tools/check_rooms reads this line and refuses any other include, and the
# test program links nothing but these, so that a reach around a layer does not link either.
# A folder below the room (api/mastodon) belongs to it when it is given as NAME with a slash.
function(rookery_room NAME)
    cmake_parse_arguments(ROOM "" "" "USES;LIBS" ${ARGN})
    string(REPLACE "/" "_" id ${NAME})
    set(target rookery_${id})

    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cc$|/(main|precompiled)\\.cc$")
    list(FILTER tests INCLUDE REGEX "_test\\.cc$")

    if(sources)
        add_library(${target} STATIC ${sources})
        set(scope PUBLIC)
        rookery_precompile(${target})
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src)
    target_compile_definitions(${target} ${scope} ${ROOKERY_ASIO})
    target_link_libraries(${target} ${scope} Threads::Threads fmt::fmt ${ROOM_LIBS})
    foreach(room ${ROOM_USES})
        string(REPLACE "/" "_" room_id ${room})
        target_link_libraries(${target} ${scope} rookery_${room_id})
    endforeach()

    if(tests)
        add_executable(${id}_test ${tests})
        target_link_libraries(${id}_test PRIVATE ${target} rookery_kit GTest::gmock GTest::gtest_main)
        rookery_precompile(${id}_test)
        add_test(NAME unit.${id} COMMAND ${id}_test)
        set_tests_properties(unit.${id} PROPERTIES LABELS unit TIMEOUT 300)
    endif()
endfunction()

# One precompiled header, compiled once and used by every target: the standard library and the few
# expensive headers that nearly every file needs (src/base/precompiled.h). It is made and named by
# hand, with a path relative to the build folder, because the absolute paths of CMake's own
# precompiled headers keep ccache from sharing objects between checkouts.
function(rookery_precompile TARGET)
    set(pch ${CMAKE_BINARY_DIR}/CMakeFiles/rookery_pch.dir/src/base/precompiled.cc.o)
    file(RELATIVE_PATH relative ${CMAKE_BINARY_DIR} ${pch})
    get_target_property(sources ${TARGET} SOURCES)
    set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS ${pch})
    # For sources that the target gets later; an object library alone would not be waited for.
    add_dependencies(${TARGET} rookery_pch_made)
    target_compile_options(${TARGET} PRIVATE "SHELL:-include-pch ${relative}" -Winvalid-pch)
endfunction()

# Called once, from the top folder.
function(rookery_make_precompiled_header)
    add_library(rookery_pch OBJECT ${CMAKE_SOURCE_DIR}/src/base/precompiled.cc)
    # Never from ccache: it names the files of the checkout that it was made in.
    set_target_properties(rookery_pch PROPERTIES CXX_COMPILER_LAUNCHER "")
    add_custom_target(rookery_pch_made DEPENDS $<TARGET_OBJECTS:rookery_pch>)
    set_source_files_properties(${CMAKE_SOURCE_DIR}/src/base/precompiled.cc
                                PROPERTIES COMPILE_OPTIONS "-x;c++-header")
    target_include_directories(rookery_pch PRIVATE ${CMAKE_SOURCE_DIR}/src)
    target_compile_definitions(rookery_pch PRIVATE ${ROOKERY_ASIO})
    target_link_libraries(rookery_pch PRIVATE Threads::Threads fmt::fmt Boost::headers)
    # ccache takes this in place of the header's bytes, which contain absolute paths.
    string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
    get_directory_property(options COMPILE_OPTIONS)
    file(READ ${CMAKE_SOURCE_DIR}/src/base/precompiled.cc text)
    file(WRITE ${CMAKE_BINARY_DIR}/CMakeFiles/rookery_pch.dir/src/base/precompiled.cc.o.sum
         "${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}} ${options} ${ROOKERY_ASIO} ${text}")
endfunction()
