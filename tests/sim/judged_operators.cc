// Hashtags, mentions, links, operators, scopes, and what may not be found.
#include "sim/judged_queries.h"

namespace rookery::sim {

namespace {

using social::Visibility;

std::vector<JudgedQuery> entities() {
    return {
        {"hashtags",
         "#ukulelemonday",
         {
             {"play along #UkuleleMonday"},
             {"#ukulelemonday #music"},
             {"ukulelemonday without the sign", 0},
             {"#ukulelemondays", 0},
         }},
        {"hashtags",
         "#gärtnerei",
         {
             {"#GÄRTNEREI", 3, "de"},
             {"die #gärtnerei", 3, "de"},
             {"#gartner", 0, "de"},
         }},
        {"hashtags",
         "#東京散歩",
         {
             {"#東京散歩 たのしい", 3, "ja"},
             {"東京散歩", 0, "ja"},
         }},
        {"hashtags",
         "ukuleletuesday ",
         {
             {"another #UkuleleTuesday"},
             {"ukuleletuesday"},
         }},
        {"mentions",
         "@hypatia ",
         {
             {"hello @hypatia"},
             {"@HYPATIA, hello"},
             {"hypatia was a mathematician", 0},
             {"@hypatias", 0},
         }},
        {"mentions",
         "@euler@home.example bassoons",
         {
             {"bassoons for @euler"},
             {"bassoons for euler", 0},
             {"@euler plays", 0},
         }},
        {"mentions",
         "oboe -@euler",
         {
             {"an oboe"},
             {"an oboe for @euler", 0},
         }},
        {"links",
         "hydrangeas.example ",
         {
             {"see https://www.hydrangeas.example/blue"},
             {"hydrangeas and examples", 0},
         }},
        {"links",
         "agapanthus ",
         {
             {"https://flowers.example/2026/white-agapanthus?x=1"},
             {"agapanthus"},
         }},
    };
}

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<JudgedQuery> operators() {
    return {
        {"operators",
         "from:ada isinglass",
         {
             {"isinglass", 3, "en", "ada"},
             {"isinglass", 0, "en", "bob"},
         }},
        {"operators",
         "from:@bob@home.example verdigris",
         {
             {"verdigris", 3, "en", "bob"},
             {"verdigris", 0, "en", "ada"},
         }},
        {"operators",
         "from:me gamboge",
         {
             {"gamboge", 3, "en", "zoe"},
             {"gamboge", 0, "en", "ada"},
         }},
        {"operators",
         "-from:ada ultramarine",
         {
             {"ultramarine", 3, "en", "bob"},
             {"ultramarine", 0, "en", "ada"},
         }},
        {"operators",
         "from:nobody madder",
         {
             {"madder", 0},
         }},
        {"operators",
         "language:de kumquat ",
         {
             {"eine Kumquat", 3, "de"},
             {"a kumquat", 0},
         }},
        {"operators",
         "-language:de tamarillo ",
         {
             {"eine Tamarillo", 0, "de"},
             {"a tamarillo"},
         }},
        {"operators",
         "has:link astrolabe ",
         {
             {"astrolabe http://example.org"},
             {"astrolabe", 0},
         }},
        {"operators",
         "-has:link armillary ",
         {
             {"armillary http://example.org", 0},
             {"armillary"},
         }},
        {"operators",
         "is:reply sextant ",
         {
             {.text = "a sextant", .grade = 0},
             {.text = "a sextant, too", .is_reply = true},
         }},
        {"operators",
         "is:sensitive theodolite ",
         {
             {.text = "theodolite", .warning = "tools"},
             {.text = "the theodolite", .grade = 0},
         }},
        {"operators",
         "alidades ",
         {
             {.text = "behind the warning", .warning = "an alidade"},
         }},
        {"operators",
         "before:2026-02-01 orrery",
         {
             {.text = "orrery", .day = 30},
             {.text = "orrery, later", .grade = 0, .day = 31},
         }},
        {"operators",
         "after:2026-01-31 gnomon",
         {
             {.text = "gnomon", .grade = 0, .day = 30},
             {.text = "gnomon, later", .day = 31},
         }},
        {"operators",
         "during:2026-02-01 clepsydra",
         {
             {.text = "clepsydra", .grade = 0, .day = 30},
             {.text = "clepsydra, that day", .day = 31},
             {.text = "clepsydra, later", .grade = 0, .day = 32},
         }},
        {"operators",
         "\"brass vernier\" -#ad language:en after:2026-01-20 from:cleo",
         {
             {.text = "a brass vernier", .by = "cleo", .day = 40},
             {.text = "a brass vernier", .grade = 0, .by = "cleo", .day = 10},
             {.text = "a brass vernier #ad", .grade = 0, .by = "cleo", .day = 41},
             {.text = "a brass vernier", .grade = 0, .by = "ada", .day = 42},
             {.text = "ein brass vernier", .grade = 0, .language = "de", .by = "cleo", .day = 43},
             {.text = "a vernier of brass", .grade = 0, .by = "cleo", .day = 44},
         }},
    };
}

std::vector<JudgedQuery> scopes() {
    return {
        {"scopes and privacy",
         "in:library palimpsest",
         {
             {.text = "palimpsest", .grade = 0},
             {.text = "my palimpsest", .by = "zoe"},
             {.text = "palimpsest for @zoe"},
             {.text = "palimpsest to keep", .is_marked = true},
         }},
        {"scopes and privacy",
         "in:public vellum",
         {
             {.text = "vellum"},
             {.text = "unlisted vellum", .grade = 0, .visibility = Visibility::kUnlisted},
             {.text = "vellum for @zoe", .grade = 0, .visibility = Visibility::kDirect},
         }},
        {"scopes and privacy",
         "incunabula",
         {
             {.text = "incunabula"},
             {.text = "unlisted incunabula", .grade = 0, .visibility = Visibility::kUnlisted},
             {.text = "incunabula, kept", .visibility = Visibility::kUnlisted, .is_marked = true},
             {.text = "private incunabula", .grade = 0, .visibility = Visibility::kPrivate},
             {.text = "my private incunabula", .by = "zoe", .visibility = Visibility::kPrivate},
             {.text = "incunabula for @bob", .grade = 0, .visibility = Visibility::kDirect},
             {.text = "incunabula for @zoe", .visibility = Visibility::kDirect},
         }},
        {"scopes and privacy",
         "colophon from:hermit",
         {
             {.text = "a colophon that is not to be found", .grade = 0, .by = "hermit"},
             {.text = "a colophon for @zoe", .by = "hermit"},
         }},
    };
}

}  // namespace

std::vector<JudgedQuery> judged_operators() {
    std::vector<JudgedQuery> all = entities();
    for (auto part : {operators(), scopes()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace rookery::sim
