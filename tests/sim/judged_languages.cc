// Words of many languages, scripts without spaces, and emoji.
#include "sim/judged_queries.h"

namespace rookery::sim {

namespace {

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<JudgedQuery> stemmed() {
    return {
        {"languages",
         "Gletscherspalten ",
         {
             {"Eine Gletscherspalte ist tief", 3, "de"},
             {"Überall Gletscherspalten", 3, "de"},
             {"Der Gletscher hat eine Spalte", 0, "de"},
         },
         "de"},
        {"languages",
         "schmetterlingen ",
         {
             {"Ein Schmetterling auf dem Balkon", 3, "de"},
             {"Schmetterlinge!", 3, "de"},
         },
         "de"},
        {"languages",
         "strassenlaternen ",
         {
             {"Die Straßenlaterne flackert", 3, "de"},
             {"STRASSENLATERNEN", 3, "de"},
         },
         "de"},
        {"languages",
         "châteaux médiévaux ",
         {
             {"Un château médiéval", 3, "fr"},
             {"des châteaux médiévaux", 3, "fr"},
             {"Un château moderne", 0, "fr"},
         },
         "fr"},
        {"languages",
         "orangerie ",
         {
             {"L'orangerie du parc", 3, "fr"},
             {"l’orangerie, fermée", 3, "fr"},
         },
         "fr"},
        {"languages",
         "murciélagos ",
         {
             {"Un murciélago en el desván", 3, "es"},
             {"un murcielago sin acento", 3, "es"},
             {"murciélagos", 3, "es"},
         },
         "es"},
        {"languages",
         "corriendo maratones quito ",
         {
             {"Corrí el maratón de Quito", 3, "es"},
             {"Corriendo el maratón de Quito", 3, "es"},
         },
         "es"},
        {"languages",
         "farfalle notturne ",
         {
             {"Una farfalla notturna alla finestra", 3, "it"},
             {"farfalle notturne", 3, "it"},
         },
         "it"},
        {"languages",
         "golfinhos ",
         {
             {"Um golfinho na praia", 3, "pt"},
             {"os golfinhos", 3, "pt"},
         },
         "pt"},
        {"languages",
         "paddenstoelen ",
         {
             {"Een paddenstoel in het bos", 3, "nl"},
             {"paddenstoelen", 3, "nl"},
         },
         "nl"},
        {"languages",
         "igelkottar ",
         {
             {"En igelkott i trädgården", 3, "sv"},
             {"igelkottar överallt", 3, "sv"},
         },
         "sv"},
        {"languages",
         "ежевику ",
         {
             {"Спелая ежевика", 3, "ru"},
             {"варенье из ежевики", 3, "ru"},
         },
         "ru"},
        {"languages",
         "ежик ",
         {
             {"Ёжик в тумане", 3, "ru"},
             {"ежик без точек", 3, "ru"},
         },
         "ru"},
        {"languages",
         "їжачок ",
         {
             {"Їжачок у лісі", 3, "uk"},
             {"іжачок без крапок", 0, "uk"},
         },
         "uk"},
        {"languages",
         "żółwie ",
         {
             {"Żółwie morskie", 3, "pl"},
             {"ŻÓŁWIE", 3, "pl"},
         },
         "pl"},
        {"languages",
         "majavia ",
         {
             {"Majava rakensi padon", 3, "fi"},
             {"kaksi majavaa", 3, "fi"},
         },
         "fi"},
        {"languages",
         "χελώνες ",
         {
             {"Μια χελώνα στον κήπο", 3, "el"},
             {"ΧΕΛΩΝΕΣ", 3, "el"},
         },
         "el"},
        {"languages",
         "שלום ",
         {
             {"שָׁלוֹם לכולם", 3, "he"},
             {"שלום", 3, "he"},
         },
         "he"},
        {"languages",
         "किताबें ",
         {
             {"एक किताब पढ़ी", 3, "hi"},
             {"नई किताबें", 3, "hi"},
         },
         "hi"},
        // Whoever searches need not know the language: the word as it stands finds itself.
        {"languages unknown to the searcher",
         "Schneeglöckchen ",
         {
             {"Schneeglöckchen im Februar", 3, "de"},
             {"schneeglockchen", 2, "de"},
         }},
        {"languages unknown to the searcher",
         "libélulas ",
         {
             {"dos libélulas", 3, "es"},
         },
         "ja"},
        {"diacritics",
         "KRAKÓW ",
         {
             {"krakow in autumn"},
             {"Kraków"},
             {"KRAKÓW, jesień", 3, "pl"},
         }},
        {"diacritics",
         "angstrom ",
         {
             {"One Ångström"},
             {"ÅNGSTRÖM"},
             {"angstrom"},
         }},
        {"diacritics",
         "souffle\u0301 ",
         {
             {"a soufflé, one code point"},
             {"a souffle\u0301, two code points"},
         }},
    };
}

std::vector<JudgedQuery> without_spaces() {
    return {
        {"no spaces",
         "図書館 ",
         {
             {"図書館で勉強した", 3, "ja"},
             {"昨日、図書館に行った", 3, "ja"},
             {"図書券", 0, "ja"},
         },
         "ja"},
        {"no spaces",
         "ラーメン ",
         {
             {"味噌ラーメンを食べた", 3, "ja"},
             {"ラーメンは最高", 3, "ja"},
             {"うどん", 0, "ja"},
         }},
        {"no spaces",
         "\"水族館に行く\"",
         {
             {"明日、水族館に行くよ", 3, "ja"},
             {"水族館から行く", 0, "ja"},
         },
         "ja"},
        {"no spaces",
         "图书馆 ",
         {
             {"我在图书馆看书", 3, "zh"},
             {"图书馆关门了", 3, "zh"},
         },
         "zh"},
        {"no spaces",
         "咖啡 -牛奶",
         {
             {"早上喝咖啡", 3, "zh"},
             {"咖啡加牛奶", 0, "zh"},
         }},
        {"no spaces",
         "도서관",
         {
             {"도서관에서 만나요", 3, "ko"},
             {"도서관", 3, "ko"},
             {"도시", 0, "ko"},
         },
         "ko"},
        {"no spaces",
         "ปลาหมึก",
         {
             {"กินปลาหมึกย่าง", 3, "th"},
             {"กินไก่ย่าง", 0, "th"},
         },
         "th"},
        {"beyond: other cuts of a dictionary",
         "紅葉 ",
         {
             {"京都の紅葉がきれい", 3, "ja"},
             {"紅葉狩りに行きたい", 3, "ja"},
         },
         "ja",
         true},
        {"beyond: compounds",
         "Bratschen ",
         {
             {"zwei Bratschen", 3, "de"},
             {"ein Bratschenkonzert", 2, "de"},
         },
         "de",
         true},
    };
}

std::vector<JudgedQuery> emoji() {
    return {
        {"emoji",
         "🦔 ",
         {
             {"🦔🦔 in the garden"},
             {"Look:🦔!"},
             {"🦊", 0},
         }},
        {"emoji",
         "🪈🏽 ",
         {
             {"🪈 flute"},
         }},
        {"emoji",
         "🙌🏽 ",
         {
             {"🙌🏿 well done"},
             {"🙌"},
         }},
        {"emoji",
         "🇮🇸 ",
         {
             {"Hello 🇮🇸!"},
             {"🇳🇴🇮🇸"},
             {"🇳🇴", 0},
         }},
        {"emoji",
         "👩‍🚀 ",
         {
             {"the first 👩‍🚀 on Mars"},
             {"👩 and 🚀", 0},
         }},
    };
}

}  // namespace

std::vector<JudgedQuery> judged_languages() {
    std::vector<JudgedQuery> all = stemmed();
    for (auto part : {without_spaces(), emoji()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace rookery::sim
