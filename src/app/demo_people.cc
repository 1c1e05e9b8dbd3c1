#include "app/demo_people.h"

#include "app/demo_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace rookery::app::demo {

namespace {

constexpr UnixMs kHourMs = 3'600'000;

struct Name {
    std::string display;
    std::string ascii;
};

std::string lower_letters(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') {
            out.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out.push_back(c);
        }
    }
    return out;
}

Name pick_name(std::string_view list, Random& random) {
    const auto names = split_list(list, ' ');
    const std::string& entry = names[random.below(names.size())];
    const std::size_t slash = entry.find('/');
    if (slash == std::string::npos) {
        return {entry, lower_letters(entry)};
    }
    return {entry.substr(0, slash), entry.substr(slash + 1)};
}

void name_person(Person& person, const Culture& culture, Random& random) {
    const Name given = pick_name(culture.given, random);
    const Name family = pick_name(culture.family, random);
    const bool closed_up = culture.language == "ja";
    person.display_name = culture.family_first
                              ? family.display + (closed_up ? "" : " ") + given.display
                              : given.display + " " + family.display;
    switch (random.below(4)) {
        case 0:
            person.username = given.ascii + "_" + family.ascii;
            break;
        case 1:
            person.username = given.ascii.substr(0, 1) + family.ascii;
            break;
        case 2:
            person.username = given.ascii + family.ascii.substr(0, 1);
            break;
        default:
            person.username = given.ascii + std::to_string(random.below(90) + 10);
            break;
    }
    person.language = culture.language;
}

/// A Pareto variable of at least 1: most are near it, a few are far above.
double long_tail(Random& random, double exponent, double most) {
    return std::min(most, std::pow(1.0 - random.unit(), -1.0 / exponent));
}

Person make_guest() {
    Person guest;
    guest.username = "demo";
    guest.display_name = "Demo Visitor";
    guest.bio = "This is you. Look around, post, follow: it is your own little world.";
    guest.language = "en";
    guest.topics = {"birds", "code", "kitchen"};
    guest.fame = 3;
    guest.activity = 2;
    return guest;
}

std::vector<Person> make_celebrities() {
    Person astronomer;
    astronomer.username = "imani_starling";
    astronomer.display_name = "Dr Imani Starling";
    astronomer.bio = "Astronomer. I point at things in the sky and tell you what they are.";
    astronomer.language = "en";
    astronomer.topics = {"stars", "books", "words"};
    astronomer.activity = 18;
    Person paper;
    paper.username = "the_daily_feather";
    paper.display_name = "The Daily Feather";
    paper.bio =
        "Small news from small places, every day since last spring. Run by three people "
        "and a jackdaw.";
    paper.language = "en";
    paper.topics = {"birds", "trains", "gardens"};
    paper.activity = 24;
    return {astronomer, paper};
}

}  // namespace

std::vector<Person>
make_people(std::size_t count, UnixMs first_ms, const Grammar& grammar, Random& random) {
    std::vector<Person> people{make_guest()};
    std::set<std::string> taken{"demo", "imani_starling", "the_daily_feather"};
    for (Person& celebrity : make_celebrities()) {
        people.push_back(std::move(celebrity));
    }
    const auto towns_list = split_list(towns(), '|');
    while (people.size() < count) {
        Person person;
        name_person(person, cultures()[random.below(cultures().size())], random);
        while (!taken.insert(person.username).second) {
            person.username += std::to_string(random.below(10));
        }
        const auto& topics = grammar.topics();
        while (person.topics.size() < 3) {
            const std::string& topic = topics[random.below(topics.size())];
            if (std::ranges::find(person.topics, topic) == person.topics.end()) {
                person.topics.push_back(topic);
            }
        }
        person.bio = grammar.say(person.topics[0], "bio", random);
        if (random.chance(0.5)) {
            person.bio += fmt::format(
                " #{} #{}",
                grammar.say(person.topics[0], "tag", random),
                grammar.say(person.topics[1], "tag", random)
            );
        }
        if (random.chance(0.3)) {
            person.bio += "\n" + towns_list[random.below(towns_list.size())];
        }
        person.locked = random.chance(0.05);
        person.fame = long_tail(random, 1.1, 60);
        person.activity = long_tail(random, 1.3, 25);
        people.push_back(std::move(person));
    }
    for (Person& person : people) {
        person.joined_at_ms =
            first_ms +
            static_cast<UnixMs>(random.below(static_cast<std::uint64_t>(5 * 24 * kHourMs)));
    }
    return people;
}

}  // namespace rookery::app::demo
