#include "app/config.h"

#include <gtest/gtest.h>

#include <set>
#include <variant>

namespace rookery::app {
namespace {

TEST(Config, NamesEveryKeyOnceInSectionsThatStayTogether) {
    Config config;
    std::set<std::string> keys;
    std::set<std::string_view> sections;
    std::string_view section;
    for (const Option& option : options_of(config)) {
        EXPECT_TRUE(keys.insert(option.key()).second) << option.key();
        if (option.section != section) {
            section = option.section;
            EXPECT_TRUE(sections.insert(section).second) << section << " stands in two places";
        }
        EXPECT_FALSE(option.text.empty()) << option.key();
        EXPECT_TRUE(option.text.ends_with('.')) << option.key();
    }
}

TEST(Config, AllowsItsOwnDefaults) {
    Config config;
    const auto options = options_of(config);
    const auto read = read_options(print_options_toml(options), "defaults", options);
    EXPECT_TRUE(read) << read.error().message;
}

TEST(Config, TellsClientsTheLimitsThatHold) {
    Config config;
    const auto options = options_of(config);
    ASSERT_TRUE(read_options(
        "[posts]\ncharacters_max = 1234\n[instance]\nurl = \"https://a.example/\"\n"
        "[store]\nsync = \"interval\"",
        "x",
        options
    ));
    settle(config);
    EXPECT_EQ(config.api.post_characters_max, 1234U);
    EXPECT_EQ(config.api.base_url, "https://a.example");
    EXPECT_EQ(config.store.sync, store::SyncMode::kInterval);
}

}  // namespace
}  // namespace rookery::app
