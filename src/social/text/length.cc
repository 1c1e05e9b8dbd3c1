#include "social/text/entities.h"
#include "social/text/render.h"
#include "social/text/unicode.h"

namespace rookery::social::text {

namespace {
constexpr std::size_t kUrlCharacters = 23;
}  // namespace

std::size_t count_characters(std::string_view text) {
    const std::vector<Entity> entities = find_entities(text, {});
    if (entities.empty()) {
        return count_graphemes(text);
    }
    // The text with stand-ins is what is counted: a mark behind a URL joins its last character.
    std::string counted;
    counted.reserve(text.size());
    std::size_t done = 0;
    for (const Entity& entity : entities) {
        counted.append(text.substr(done, entity.begin - done));
        switch (entity.kind) {
            case Entity::Kind::kUrl:
                counted.append(kUrlCharacters, 'x');
                break;
            case Entity::Kind::kMention:
                counted.append("@").append(entity.name);
                break;
            case Entity::Kind::kTag:
                counted.append(text.substr(entity.begin, entity.end - entity.begin));
                break;
        }
        done = entity.end;
    }
    counted.append(text.substr(done));
    return count_graphemes(counted);
}

}  // namespace rookery::social::text
