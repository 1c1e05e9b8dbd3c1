#pragma once

#include "base/blocking_pool.h"
#include "base/metrics.h"
#include "http/entity_tag.h"
#include "http/proxy_trust.h"
#include "http/server.h"

#include <atomic>
#include <cstddef>

namespace rookery::http {

/// What all workers of a server share. Thread-safe.
struct ServerShared {
    ServerShared(ServerConfig c, const Clock& k, metrics::Registry& registry)
        : config(std::move(c)),
          clock(k),
          metrics(registry),
          trust(config.trusted_proxies),
          connections(registry.gauge("rookery_http_connections", "Open client connections.")),
          web_sockets(registry.gauge(
              "rookery_http_streams",
              "Open streams, by kind.",
              {{"kind", "websocket"}}
          )),
          event_streams(
              registry.gauge("rookery_http_streams", "Open streams, by kind.", {{"kind", "sse"}})
          ),
          refused_connections(registry.counter(
              "rookery_http_connections_refused_total",
              "Connections over connections_max."
          )),
          cut_connections(registry.counter(
              "rookery_http_connections_cut_total",
              "Connections ended because the client was slow."
          )),
          bytes_in(registry.counter(
              "rookery_http_bytes_total",
              "Bytes on the wire.",
              {{"direction", "in"}}
          )),
          bytes_out(registry.counter(
              "rookery_http_bytes_total",
              "Bytes on the wire.",
              {{"direction", "out"}}
          )) {}

    const ServerConfig config;
    const Clock& clock;
    metrics::Registry& metrics;
    const ProxyTrust trust;
    const EntityTagger tagger;
    metrics::Gauge& connections;
    metrics::Gauge& web_sockets;
    metrics::Gauge& event_streams;
    metrics::Counter& refused_connections;
    metrics::Counter& cut_connections;
    metrics::Counter& bytes_in;
    metrics::Counter& bytes_out;
    std::atomic<std::size_t> connection_count{0};
    std::atomic<std::size_t> body_bytes{0};
    BlockingPool compressors{1};
};

}  // namespace rookery::http
