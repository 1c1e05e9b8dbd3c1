#include "app/search_metrics.h"

#include "app/core.h"

#include <string>

namespace rookery::app {

namespace {

void expose_names(
    const std::string& what,
    const std::string& prefix,
    const discover::names::NameIndex& index,
    metrics::Registry& registry
) {
    registry.gauge_function(prefix, what + " that are completed.", {}, [&index] {
        return static_cast<double>(index.size().entries);
    });
    registry.gauge_function(prefix + "_bytes", "Size of their index in memory.", {}, [&index] {
        return static_cast<double>(index.size().bytes);
    });
}

}  // namespace

void expose_search(const Core& core, metrics::Registry& registry) {
    const ports::SearchIndex& index = core.search_index;
    const discover::PostIndexer& indexer = core.post_indexer;
    registry.gauge_function("rookery_search_documents", "Posts in the index.", {}, [&index] {
        return static_cast<double>(index.size().documents);
    });
    registry.gauge_function("rookery_search_bytes", "Size of the index.", {}, [&index] {
        return static_cast<double>(index.size().bytes);
    });
    registry.gauge_function(
        "rookery_search_filling",
        "1 while all posts are being put into the index, and 0 otherwise.",
        {},
        [&indexer] { return indexer.progress().filling ? 1.0 : 0.0; }
    );
    expose_names("People", "rookery_search_people", core.people_index, registry);
    registry.gauge_function(
        "rookery_search_people_filling",
        "1 while everybody is being put into the index, and 0 otherwise.",
        {},
        [&people = core.people_indexer] { return people.is_filling() ? 1.0 : 0.0; }
    );
    expose_names("Hashtags", "rookery_search_tags", core.tag_index, registry);
    registry.gauge_function(
        "rookery_search_tags_filling",
        "1 while the hashtags that are stored are looked for, and 0 otherwise.",
        {},
        [&tags = core.tag_indexer] { return tags.is_filling() ? 1.0 : 0.0; }
    );
}

}  // namespace rookery::app
