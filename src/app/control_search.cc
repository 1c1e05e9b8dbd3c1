#include "app/control.h"
#include "base/json_writer.h"

#include <chrono>

namespace rookery::app {

namespace {

/// Without a server the command does the work itself, in pieces of this length.
constexpr std::chrono::milliseconds kPiece{200};

Task<Result<void>> work_for_a_while(Core* core) {
    const auto end = std::chrono::steady_clock::now() + kPiece;
    while (std::chrono::steady_clock::now() < end) {
        CO_TRY(const bool more, co_await core->post_indexer.work());
        if (!more) {
            break;
        }
    }
    co_return Result<void>{};
}

}  // namespace

Task<Result<std::string>> Control::search_reindex(http::Params /*params*/) {
    const auto before = core_.post_indexer.progress().fills_ended;
    core_.post_indexer.begin_fill();
    std::string out;
    JsonWriter(out).begin_object().field("fills_ended", before).end_object();
    co_return out;
}

Task<Result<std::string>> Control::search_progress(http::Params /*params*/) {
    if (runner_ == nullptr) {
        CO_CHECK(co_await work_for_a_while(&core_));
    }
    const auto progress = core_.post_indexer.progress();
    const auto size = core_.search_index.size();
    std::string out;
    JsonWriter(out)
        .begin_object()
        .field("filling", progress.filling)
        .field("accounts_done", progress.accounts_done)
        .field("posts_done", progress.posts_done)
        .field("fills_ended", progress.fills_ended)
        .field("documents", size.documents)
        .field("bytes", size.bytes)
        .end_object();
    co_return out;
}

}  // namespace rookery::app
