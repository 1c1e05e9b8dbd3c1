#include "app/demo_grammar.h"

#include "base/encoding.h"

#include <stdexcept>

namespace rookery::app::demo {

std::vector<std::string> split_list(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (const std::string_view part = trim_ascii(text.substr(0, end)); !part.empty()) {
            parts.emplace_back(part);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

namespace {

/// Slots do not know where in a sentence they stand.
void capitalize_sentences(std::string& text) {
    bool begins = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char& c = text[i];
        if (begins && c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        }
        const bool after_end = c == ' ' && i > 0 &&
                               std::string_view(".!?").find(text[i - 1]) != std::string_view::npos;
        begins = after_end || (begins && c == '"');
    }
}

}  // namespace

Grammar::Grammar(std::string_view texts) {
    std::string topic;
    for (const std::string& line : split_list(texts, '\n')) {
        if (line.front() == '#') {
            continue;
        }
        if (line.front() == '[' && line.back() == ']') {
            topic = line.substr(1, line.size() - 2);
            if (topic != "general" && !topic.starts_with("lang-")) {
                topics_.push_back(topic);
            }
            continue;
        }
        const std::size_t mark = line.find_first_of("=+");
        if (topic.empty() || mark == std::string::npos) {
            throw std::logic_error("the demo's texts break their form: " + line);
        }
        const std::string name(trim_ascii(std::string_view(line).substr(0, mark)));
        const std::string_view rest = trim_ascii(std::string_view(line).substr(mark + 1));
        auto& list = vocabularies_[topic][name];
        if (line[mark] == '+') {
            list.emplace_back(rest);
        } else {
            list = split_list(rest, '|');
        }
    }
}

const std::vector<std::string>* Grammar::list(std::string_view topic, std::string_view kind) const {
    for (const std::string_view place : {topic, std::string_view("general")}) {
        const auto vocabulary = vocabularies_.find(place);
        if (vocabulary == vocabularies_.end()) {
            continue;
        }
        if (const auto found = vocabulary->second.find(kind); found != vocabulary->second.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

bool Grammar::has(std::string_view topic, std::string_view kind) const {
    const auto vocabulary = vocabularies_.find(topic);
    return vocabulary != vocabularies_.end() && vocabulary->second.contains(kind);
}

std::string Grammar::say(std::string_view topic, std::string_view kind, Random& random) const {
    const auto pick = [&](std::string_view name) -> const std::string& {
        const auto* choices = list(topic, name);
        if (choices == nullptr) {
            throw std::logic_error("the demo's texts lack " + std::string(name));
        }
        return (*choices)[random.below(choices->size())];
    };
    std::string text = pick(kind);
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{')) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) {
            throw std::logic_error("the demo's texts lack a brace: " + text);
        }
        const std::string slot = text.substr(open + 1, close - open - 1);
        text.replace(open, close - open + 1, pick(slot));
    }
    if (kind != "tag") {
        capitalize_sentences(text);
    }
    return text;
}

}  // namespace rookery::app::demo
