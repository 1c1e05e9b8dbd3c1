#include "app/option.h"

#include <gtest/gtest.h>

namespace rookery::app {
namespace {

struct Values {
    bool open = true;
    std::uint16_t port = 80;
    double hours = 1.5;
    std::string mode = "always";
    std::vector<std::string> rules;

    std::vector<Option> options() {
        return {
            {"server", "open", &open, 0, 0, "Whether anyone may come in.", "", {}},
            {"server", "port", &port, 1, 65535, "Where it listens.", "", {}},
            {"store", "hours", &hours, 0.5, 24, "How long.", "disk", {}},
            {"store", "mode", &mode, 0, 0, "How.", "", {"always", "never"}},
            {"store", "rules", &rules, 0, 0, "What.", "", {}},
        };
    }
    std::string problem_of(std::string_view toml) {
        const auto all = options();
        const auto read = read_options(toml, "x.toml", all);
        return read ? "" : read.error().message;
    }
};

TEST(Options, SetWhatTheFileNamesAndLeaveTheRest) {
    Values values;
    EXPECT_EQ(
        values.problem_of("[server]\nport = 8080\n[store]\nhours = 2\nrules = [\"a\", \"b\"]"), ""
    );
    EXPECT_EQ(values.port, 8080);
    EXPECT_EQ(values.hours, 2.0);
    EXPECT_EQ(values.rules, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(values.open);
}

TEST(Options, NameFileLineAndKeyOfWhatIsWrong) {
    Values values;
    EXPECT_EQ(
        values.problem_of("[server]\nopen = true\nprot = 1"), "x.toml:3: unknown key: server.prot"
    );
    EXPECT_EQ(
        values.problem_of("\n[srever]\nport = 1"), "x.toml:2: unknown section or key: srever"
    );
    EXPECT_EQ(values.problem_of("port = 1"), "x.toml:1: unknown section or key: port");
    EXPECT_EQ(
        values.problem_of("[server]\nport = 70000"),
        "x.toml:2: server.port must be between 1 and 65535, not 70000"
    );
    EXPECT_EQ(
        values.problem_of("[server]\nport = 1.5"), "x.toml:2: server.port must be a whole number"
    );
    EXPECT_EQ(
        values.problem_of("[server]\nport = \"80\""), "x.toml:2: server.port must be a whole number"
    );
    EXPECT_EQ(
        values.problem_of("[server]\nopen = 1"), "x.toml:2: server.open must be true or false"
    );
    EXPECT_EQ(
        values.problem_of("[store]\nmode = \"often\""),
        "x.toml:2: store.mode must be one of always, never, not \"often\""
    );
    EXPECT_EQ(
        values.problem_of("[store]\nrules = [1]"),
        "x.toml:2: store.rules must be a list of texts: [\"one\", \"two\"]"
    );
    EXPECT_NE(values.problem_of("[server\n").find("x.toml:1: "), std::string::npos);
    EXPECT_EQ(values.port, 80);
}

TEST(Options, PrintAFileThatReadsBackToTheSame) {
    Values values;
    values.rules = {"say \"please\"", "no\nshouting"};
    values.hours = 3;
    const auto all = values.options();
    const std::string file = print_options_toml(all);
    Values again;
    EXPECT_EQ(again.problem_of(file), "");
    EXPECT_EQ(again.rules, values.rules);
    EXPECT_EQ(again.hours, 3.0);
    EXPECT_EQ(print_options_toml(again.options()), file);
}

}  // namespace
}  // namespace rookery::app
