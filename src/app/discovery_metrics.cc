#include "app/discovery_metrics.h"

#include "app/core.h"

namespace rookery::app {

void expose_discovery(Core& core, metrics::Registry& registry) {
    discover::GraphKeeper& graph = core.graph_keeper;
    registry.gauge_function("rookery_graph_follows", "Follows in memory.", {}, [&graph] {
        return static_cast<double>(graph.figures().follows);
    });
    registry.gauge_function("rookery_graph_bytes", "Size of the packed graph.", {}, [&graph] {
        return static_cast<double>(graph.figures().bytes);
    });
    registry.gauge_function(
        "rookery_graph_building",
        "1 while the follows are read from the store, and 0 otherwise.",
        {},
        [&graph] { return graph.figures().building ? 1.0 : 0.0; }
    );
    registry.gauge_function(
        "rookery_graph_follows_of_one_max",
        "So many follows of an account are in memory at most, because not all fit; 0: all do.",
        {},
        [&graph] { return static_cast<double>(graph.figures().follows_of_one_max); }
    );
    const discover::Directory& directory = core.directory;
    registry.gauge_function(
        "rookery_directory_accounts",
        "Accounts that the directory lists.",
        {},
        [&directory] { return static_cast<double>(directory.size()); }
    );
}

}  // namespace rookery::app
