// Words of English, phrases, negation, prefixes, and the order of what is found.
#include "sim/judged_queries.h"

namespace rookery::sim {

namespace {

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<JudgedQuery> words() {
    return {
        {"words",
         "narwhal ",
         {
             {"A narwhal in the harbour!"},
             {"narwhal, narwhal, narwhal"},
             {"Last night I dreamt of a narwhal that wanted to know the time", 2},
             {"The unicorn of the sea", 0},
         }},
        {"words",
         "quokka selfie ",
         {
             {"Quokka selfie on Rottnest"},
             {"My first selfie with a quokka, finally"},
             {"a quokka without a camera", 0},
             {"the selfie stick broke", 0},
         }},
        {"words",
         "saxifrage ",
         {
             {"saxifrage on the wall"},
             {"What is that on the wall, saxifrage or moss?", 2},
             {"sax and garage", 0},
         }},
        {"words",
         "zeppelin harpsichord good ",
         {
             {"good: a harpsichord in a zeppelin"},
             {"Led Zeppelin on the harpsichord sounds surprisingly good"},
             {"good old zeppelin", 0},
             {"a good harpsichord", 0},
         }},
        {"words",
         "rfc2549 ",
         {
             {"RFC2549 is about pigeons"},
             {"rfc25490 is about nothing", 0},
         }},
        {"words",
         "  +tangram ,, zither  ",
         {
             {"tangram, then zither"},
             {"zither/tangram"},
             {"a zither", 0},
         }},
        {"case and compatibility",
         "GONDOLAS ",
         {
             {"two gondolas"},
             {"GONDOLA"},
             {"Gondolas of Venice"},
         }},
        {"case and compatibility",
         "\uFF33\uFF21\uFF2D\uFF2F\uFF36\uFF21\uFF32 ",
         {
             {"the samovar hums"},
             {"Ｓａｍｏｖａｒ, as wide as it can be"},
         }},
        {"case and compatibility",
         "ﬁligree ﬂageolet ",
         {
             {"filigree on a flageolet"},
             {"FLAGEOLET WITH FILIGREE"},
         }},
        {"case and compatibility",
         "didgeridoo’s ",
         {
             {"the didgeridoo's sound"},
             {"the didgeridoo’s sound again"},
             {"a didgeridoo", 2},
         }},
        {"inflections",
         "kayaking fjords ",
         {
             {"We kayaked through every fjord"},
             {"kayak hire at the fjord", 2},
             {"Kayaking on a lake", 0},
         }},
        {"inflections",
         "marinated aubergines ",
         {
             {"Marinating an aubergine tonight"},
             {"aubergines, marinated overnight"},
             {"an aubergine, plain", 0},
         }},
        {"inflections",
         "hibernating hedgehogs ",
         {
             {"A hedgehog hibernates under our shed"},
             {"Do hedgehogs hibernate at all?"},
             {"The hedgehog is awake", 0},
         }},
        {"inflections",
         "trilobites excavated ",
         {
             {"They excavate a trilobite a day"},
             {"excavating trilobites"},
             {"digging for trilobites", 0},
         }},
        {"inflections",
         "spirographs ",
         {
             {"spirograph"},
             {"who still has spirographs?"},
         }},
    };
}

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<JudgedQuery> phrases() {
    return {
        {"phrases",
         "\"glass armonica solo\"",
         {
             {"her glass armonica solo was short"},
             {"glass armonica -- solo!"},
             {"Glass Armonica Solo"},
             {"solo for glass armonica", 0},
             {"glass armonica and violin solo", 0},
         }},
        {"phrases",
         "\"sousaphone lesson\"",
         {
             {"my sousaphone lesson"},
             {"two sousaphone lessons", 0},
             {"lesson one: the sousaphone", 0},
         }},
        {"phrases",
         "\"the of and tritone\"",
         {
             {"they said the of and tritone, without sense"},
             {"the tritone of and the", 0},
         }},
        {"phrases",
         "juniper \"quince marmalade\" ",
         {
             {"quince marmalade with juniper"},
             {"juniper berries, and then quince marmalade on bread", 2},
             {"juniper marmalade, and a quince", 0},
         }},
        {"phrases",
         "e-xylograph ",
         {
             {"an e-xylograph by mail"},
             {"E xylograph", 2},
             {"e-xylographs", 0},
             {"a xylograph by e mail", 0},
         }},
        {"negation",
         "spelunking -cave",
         {
             {"spelunking near a canyon"},
             {"spelunking in a cave", 0},
             {"caves and spelunking", 0},
         }},
        {"negation",
         "lutenist -\"broken string\"",
         {
             {"a lutenist with a string, broken"},
             {"the lutenist tunes"},
             {"lutenist: broken string again", 0},
         }},
        {"negation",
         "nyckelharpas \u2212#nyckelharpa",
         {
             {"two nyckelharpas"},
             {"nyckelharpas #nyckelharpas"},
             {"nyckelharpas #Nyckelharpa", 0},
         }},
        {"negation",
         "-soprano -tenor crumhorn ",
         {
             {"a bass crumhorn"},
             {"soprano crumhorn", 0},
             {"crumhorn, tenor", 0},
         }},
        {"prefixes",
         "xylopho",
         {
             {"xylophone"},
             {"two xylophonists"},
             {"xylocopa, the bee", 0},
         }},
        {"prefixes",
         "wooden contrabasso",
         {
             {"a wooden contrabassoon"},
             {"the contrabassoons are wooden"},
             {"a contrabassoon of metal", 0},
         }},
        {"prefixes",
         "glockensp ",
         {
             {"a glockenspiel", 0},
         }},
        {"prefixes",
         "Catamara",
         {
             {"CATAMARAN"},
             {"catamarans in the bay"},
         }},
    };
}

/// Some posts are better than others: what the order by relevance is for.
std::vector<JudgedQuery> graded() {
    return {
        {"order",
         "harmonium ",
         {
             {"harmonium, harmonium!"},
             {"my harmonium"},
             {"they had tea and cake and a dog, and in the corner of the room stood, I think, a "
              "harmonium",
              1},
             {"if I had the time and the money I would perhaps buy a bicycle, or a boat, or a "
              "harmonium, or none of it",
              1},
             {"the harmonium at church today was lovely", 2},
         }},
        {"order",
         "abacus beads ",
         {
             {"abacus beads"},
             {"The beads of the abacus: all about abacus beads"},
             {"an abacus with beads, seen in a museum", 2},
             {"so we drove home, it was late, somebody sold beads by the road, and there was an "
              "abacus on the seat all the way",
              1},
         }},
        {"order",
         "origami obelisk ",
         {
             {"origami obelisk"},
             {"how to fold an obelisk: origami for a rainy day", 2},
             {"work, school, dinner, then somebody on the radio on about an obelisk, while the "
              "kids made origami and went to bed",
              1},
         }},
        {"order",
         "papyrus good morning ",
         {
             {"good morning papyrus"},
             {"a good papyrus this morning", 2},
             {"I could not sleep and read on until the morning, in a good book about paper, ink "
              "and, in the end, papyrus too",
              1},
         }},
        {"order",
         "marzipan recipe ",
         {
             {"marzipan recipe, the only marzipan recipe you need"},
             {"Recipe: marzipan"},
             {"does anybody have a recipe with marzipan in it?", 2},
             {"thanks for the recipe, mum says hello and that she would have put less sugar and "
              "more marzipan into it",
              1},
         }},
    };
}

/// What people would find and stems do not, and the other way round.
std::vector<JudgedQuery> beyond() {
    return {
        {"beyond: irregular forms",
         "oxen yokes ",
         {
             {"oxen under yokes"},
             {"an ox under a yoke"},
         },
         "en",
         true},
        {"beyond: irregular forms",
         "weave tapestries ",
         {
             {"she weaves tapestries"},
             {"the tapestry that she wove"},
         },
         "en",
         true},
        {"beyond: word families",
         "philatelist ",
         {
             {"Philatelists unite"},
             {"all about philately", 2},
         },
         "en",
         true},
        {"beyond: one stem of two words",
         "cochineal ",
         {
             {"cochineal dye"},
             {"it is raining in cochin", 0},
         },
         "en",
         true},
        {"beyond: spelling",
         "gramophone catalogue ",
         {
             {"the gramophone catalogue"},
             {"my gramophone catalog"},
         },
         "en",
         true},
        {"beyond: spelling",
         "rhododendron ",
         {
             {"a rhododendron"},
             {"rododendron in flower", 2},
         },
         "en",
         true},
    };
}

}  // namespace

std::vector<JudgedQuery> judged_words() {
    std::vector<JudgedQuery> all = words();
    for (auto part : {phrases(), graded(), beyond()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace rookery::sim
