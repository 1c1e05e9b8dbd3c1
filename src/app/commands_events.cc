#include "app/command_line.h"
#include "app/operator_answer.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

namespace rookery::app {

namespace {

struct EventsOptions {
    CommonOptions common;
    std::string consumer;
    std::string event;
    bool all = false;
    bool json = false;
};
using Options = std::shared_ptr<EventsOptions>;

boost::json::value list_letters(OperatorLink& link, const Options& options) {
    http::Params params;
    if (!options->consumer.empty()) {
        params.add("consumer", options->consumer);
    }
    return ask_or_end(link, "events.dead.list", std::move(params));
}

std::string text_of(const boost::json::value& value) {
    return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
}

void add_list(CLI::App& group) {
    const auto options = std::make_shared<EventsOptions>();
    CLI::App* command = group.add_subcommand("list", "List the events that a consumer gave up");
    options->common.add_to(*command);
    command->add_option("--consumer", options->consumer, "Only this one's");
    command->add_flag("--json", options->json, "Print the answer as JSON");
    command->callback([options] {
        const auto link = options->common.link();
        const auto letters = list_letters(*link, options);
        if (options->json) {
            fmt::print("{}\n", boost::json::serialize(letters));
            return;
        }
        for (const auto& letter : letters.as_array()) {
            fmt::print(
                "{} {} since {} after {} tries: {}\n",
                text_of(letter.at("consumer")),
                text_of(letter.at("event")),
                text_of(letter.at("buried_at")),
                text_of(letter.at("tries")),
                text_of(letter.at("error"))
            );
        }
        fmt::print("{} dead letters\n", letters.as_array().size());
    });
}

/// replay and discard: of one event, or of all of them.
void add_action(CLI::App& group, const std::string& name, const std::string& text) {
    const auto options = std::make_shared<EventsOptions>();
    CLI::App* command = group.add_subcommand(name, text);
    options->common.add_to(*command);
    command->add_option("CONSUMER", options->consumer, "The consumer, as `list` names it")
        ->required();
    auto* event = command->add_option("EVENT", options->event, "The event's number");
    command->add_flag("--all", options->all, "Every dead letter of the consumer")->excludes(event);
    command->callback([options, name] {
        if (options->event.empty() && !options->all) {
            end_with("name an EVENT, or say --all");
        }
        const auto link = options->common.link();
        std::vector<std::string> events{options->event};
        if (options->all) {
            events.clear();
            for (const auto& letter : list_letters(*link, options).as_array()) {
                events.push_back(text_of(letter.at("event")));
            }
        }
        for (const std::string& event_id : events) {
            http::Params params;
            params.add("consumer", options->consumer);
            params.add("event", event_id);
            ask_or_end(*link, "events.dead." + name, std::move(params));
            fmt::print("{} {}: done\n", options->consumer, event_id);
        }
    });
}

}  // namespace

void add_events_command(CLI::App& program) {
    CLI::App* events =
        program.add_subcommand("events", "Look after what consumers of events could not handle");
    events->require_subcommand(1);
    CLI::App* dead = events->add_subcommand(
        "dead",
        "Dead letters: events that a consumer failed to handle again and again and went past"
    );
    dead->require_subcommand(1);
    add_list(*dead);
    add_action(*dead, "replay", "Hand a dead letter to its consumer once more");
    add_action(*dead, "discard", "Give a dead letter up for good");

    const auto options = std::make_shared<EventsOptions>();
    CLI::App* drain = events->add_subcommand(
        "drain", "Wait until every consumer of a running server has handled all events so far"
    );
    options->common.add_to(*drain);
    drain->callback([options] {
        const auto link = options->common.link();
        ask_or_end(*link, "events.drain", {});
    });
}

}  // namespace rookery::app
