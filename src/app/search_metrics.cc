#include "app/search_metrics.h"

#include "app/core.h"

namespace rookery::app {

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
}

}  // namespace rookery::app
