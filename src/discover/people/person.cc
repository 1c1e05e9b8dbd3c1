#include "discover/people/person.h"

#include "discover/names/terms.h"

#include <string>

namespace rookery::discover {

names::Entry
person_entry(const social::Account& account, std::int64_t followers, std::size_t bio_words_max) {
    names::Entry entry;
    entry.id = account.id.value;
    entry.handle = names::handle_term(account.username);
    entry.names = names::name_terms(account.display_name, account.username);
    std::string about = account.note;
    for (const social::ProfileField& field : account.fields) {
        about += '\n' + field.name + '\n' + field.value;
    }
    entry.bio = names::bio_terms(about, bio_words_max);
    entry.hidden = !account.discoverable;
    entry.rank = names::rank_of(followers);
    return entry;
}

}  // namespace rookery::discover
